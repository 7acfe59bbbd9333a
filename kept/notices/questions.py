"""The questions that can be put to a definition.

Each is total (every argument gets an answer), pure (nothing but the definition and the arguments is read) and
looked up in the compiled table: no earlier answer is remembered. Where nothing speaks, the answer is no.
"""

from kept.notices.asking import clock_of, may_ask
from kept.notices.choices import Agreement, Objection
from kept.notices.collecting import may_collect
from kept.notices.counting import may_count
from kept.notices.keeping import Kept, keep_until
from kept.notices.seeing import may_see
from kept.notices.serving import may_serve, served_until
from kept.notices.telling import may_tell

__all__ = [
    "Agreement",
    "Kept",
    "Objection",
    "clock_of",
    "keep_until",
    "may_ask",
    "may_collect",
    "may_count",
    "may_see",
    "may_serve",
    "may_tell",
    "served_until",
]
