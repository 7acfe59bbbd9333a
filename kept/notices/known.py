"""Words that a definition may use only if a list of the definitions has them.

The loader hands pydantic the lists as its validation context: ``{"items": {...}, "roles": {...}}``.
A list that is missing there could not be read; what it should hold is then not checked a second time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

CODE = r"^[a-z0-9]+(?:[-.][a-z0-9]+)*$"

Code = Annotated[str, StringConstraints(pattern=CODE, max_length=80)]


def _in_list(name: str) -> Callable[[str, ValidationInfo], str]:
    def check(word: str, info: ValidationInfo) -> str:
        lists: dict[str, Any] = info.context or {}
        if name in lists and word not in lists[name]:
            raise PydanticCustomError("unknown_word", "unknown", {"list": name, "word": word})
        return word

    return check


Item = Annotated[Code, AfterValidator(_in_list("items"))]
Purpose = Annotated[Code, AfterValidator(_in_list("purposes"))]
Role = Annotated[Code, AfterValidator(_in_list("roles"))]
Recipient = Annotated[Code, AfterValidator(_in_list("recipients"))]
Body = Annotated[Code, AfterValidator(_in_list("bodies"))]
Area = Annotated[Code, AfterValidator(_in_list("areas"))]
Rule = Annotated[Code, AfterValidator(_in_list("rules"))]
Records = Annotated[Code, AfterValidator(_in_list("records"))]
Law = Annotated[Code, AfterValidator(_in_list("law"))]
Statement = Annotated[Code, AfterValidator(_in_list("statements"))]
ClauseId = Annotated[Code, AfterValidator(_in_list("clauses"))]
