"""The questions that can be put to a definition.

Each is total (every argument gets an answer), pure (nothing but the definition and the arguments is read) and
looked up in the compiled table: no earlier answer is remembered. Where nothing speaks, the answer is no.
"""

from kept.notices.collecting import may_collect
from kept.notices.seeing import may_see
from kept.notices.serving import may_serve

__all__ = ["may_collect", "may_see", "may_serve"]
