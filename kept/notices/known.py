"""Words that a definition may use only if a list of the definitions has them.

The loader hands pydantic the lists as its validation context: ``{"items": {...}, "roles": {...}}``.
A list that is missing there could not be read; what it should hold is then not checked a second time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

CODE = r"^[a-z0-9]+(?:[-.][a-z0-9]+)*$"
MARK = "x-list"  # in a JSON Schema: the list whose words are the choices

Code = Annotated[str, StringConstraints(pattern=CODE, max_length=80)]


@dataclass(frozen=True, slots=True)
class InList:
    """A word that must be in the list of a name."""

    name: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), MARK: self.name}

    def check(self, word: str, info: ValidationInfo) -> str:
        lists: dict[str, Any] = info.context or {}
        if self.name in lists and word not in lists[self.name]:
            raise PydanticCustomError("unknown_word", "unknown", {"list": self.name, "word": word})
        return word


Item = Annotated[Code, InList("items")]
Purpose = Annotated[Code, InList("purposes")]
Role = Annotated[Code, InList("roles")]
Recipient = Annotated[Code, InList("recipients")]
Body = Annotated[Code, InList("bodies")]
Area = Annotated[Code, InList("areas")]
Rule = Annotated[Code, InList("rules")]
Records = Annotated[Code, InList("records")]
Law = Annotated[Code, InList("law")]
Statement = Annotated[Code, InList("statements")]
