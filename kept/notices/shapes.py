"""The shape of each file of a definition, as pydantic checks it. Nothing outside the loader sees these."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kept.notices import known, lists, means
from kept.notices.closed import Effect, Section
from kept.notices.lists import Dates, Words

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")]


def _said_in_english(value: object) -> object:
    return {"en": value} if isinstance(value, str) else value


def _one_or_several(value: object) -> object:
    return [value] if isinstance(value, dict) else value


Says = Annotated[dict[Language, Words], BeforeValidator(_said_in_english)]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MeansShape(Shape):
    """What a clause means: each kind once, or several times as a list."""

    identify: Annotated[tuple[means.Identify, ...], BeforeValidator(_one_or_several)] = ()
    serve: Annotated[tuple[means.Serve, ...], BeforeValidator(_one_or_several)] = ()
    collect: Annotated[tuple[means.Collect, ...], BeforeValidator(_one_or_several)] = ()
    use: Annotated[tuple[means.Use, ...], BeforeValidator(_one_or_several)] = ()
    see: Annotated[tuple[means.See, ...], BeforeValidator(_one_or_several)] = ()
    tell: Annotated[tuple[means.Tell, ...], BeforeValidator(_one_or_several)] = ()
    count: Annotated[tuple[means.Count, ...], BeforeValidator(_one_or_several)] = ()
    keep: Annotated[tuple[means.Keep, ...], BeforeValidator(_one_or_several)] = ()
    right: Annotated[tuple[means.Right, ...], BeforeValidator(_one_or_several)] = ()
    inform: Annotated[tuple[means.Inform, ...], BeforeValidator(_one_or_several)] = ()
    offer: Annotated[tuple[means.Offer, ...], BeforeValidator(_one_or_several)] = ()
    guard: Annotated[tuple[means.Guard, ...], BeforeValidator(_one_or_several)] = ()
    explain: Annotated[tuple[means.Explain, ...], BeforeValidator(_one_or_several)] = ()

    @model_validator(mode="after")
    def something(self) -> MeansShape:
        if not self.all():
            raise PydanticCustomError("means_nothing", "means nothing")
        return self

    def all(self) -> tuple[means.Means, ...]:
        return tuple(meant for kind in means.KINDS for meant in getattr(self, kind))


class UnsettledShape(Shape):
    question: Words
    default: Words
    since: means.Day


class ClauseShape(Shape):
    id: known.Code
    section: Section
    says: Says
    means: MeansShape
    picture: known.Code | None = None
    source: tuple[known.Statement, ...] = ()
    status: Literal["published", "proposed"] = "published"
    unsettled: UnsettledShape | None = None


class LawShape(Shape):
    id: known.Code
    says: Says
    citation: Words
    in_force: Dates
    status: Literal["confirmed", "unconfirmed"]
    means: MeansShape
    section: Section | None = None
    picture: known.Code | None = None
    services: tuple[known.Code, ...] = ()
    effect: Effect = "may"
    source: tuple[known.Statement, ...] = ()
    unsettled: UnsettledShape | None = None


class NoticeShape(Shape):
    service: known.Code
    title: Words
    dated: means.Day
    in_force: Dates
    controller: known.Body
    delivered_by: known.Body


class ServiceFile(Shape):
    """services/<service>.yaml: one notice."""

    notice: NoticeShape
    clauses: Annotated[tuple[ClauseShape, ...], Field(min_length=1)]


class LawFile(Shape):
    """law.yaml: what binds whatever a notice says."""

    law: tuple[LawShape, ...]


class RolesFile(Shape):
    """roles.yaml: the closed list of roles and who may hold each."""

    roles: dict[known.Code, lists.Role]


class RecipientsFile(Shape):
    """recipients.yaml: every body under its dated names, and everyone who can be told something."""

    bodies: dict[known.Code, lists.Body]
    recipients: dict[known.Code, lists.Recipient] = Field(default_factory=dict)


class RetentionFile(Shape):
    """retention.yaml: the record document."""

    rules: dict[known.Code, lists.Rule]
    records: dict[known.Code, lists.Records]


class StatementsFile(Shape):
    """statements.yaml: what was published, without its words."""

    statements: dict[Annotated[str, Strict()], lists.Statement]


class AdoptionShape(Shape):
    clause: known.Code
    by: Words
    approved_by: Words
    on: means.Day
    service: known.Code


class AdoptedFile(Shape):
    """adopted.yaml: which proposed clauses count, who said so, and who approved it."""

    adopted: tuple[AdoptionShape, ...]


FILES: dict[str, type[Any]] = {
    "vocabulary.yaml": lists.Vocabulary,
    "roles.yaml": RolesFile,
    "recipients.yaml": RecipientsFile,
    "retention.yaml": RetentionFile,
    "statements.yaml": StatementsFile,
    "law.yaml": LawFile,
    "adopted.yaml": AdoptedFile,
}
