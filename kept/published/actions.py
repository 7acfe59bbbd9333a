"""Publishing: the one step that turns a draft into what both locks obey."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from kept.database.acting import here
from kept.notices.definition import Definition
from kept.notices.loading import load
from kept.notices.permits import permits_of
from kept.published.models import Definition as Stored
from kept.published.models import Permit


class NotPublished(Exception):
    """The draft was not published; the sentence says why, and what to do."""


def publish(
    *, by: str, approved_by: str, service: str, texts: Mapping[str, str], at: datetime
) -> tuple[Stored, bool]:
    """Store a draft whole, with the permits it flattens to. Returns the version, and whether it is new.

    `by` and `approved_by` are two people's account addresses. Publishing the same texts again changes nothing.
    Raises NotPublished, or Faulty where the texts hold an error.
    """
    if by == approved_by:
        raise NotPublished("A second person must approve a notice. Name someone else with --approved-by.")
    draft = load(texts, service=service)
    with transaction.atomic(using=here(), durable=True):
        if stored := Stored.objects.filter(hash=draft.hash).first():
            return stored, False
        if Stored.objects.filter(service=service, in_force_from=draft.from_on).exists():
            raise NotPublished(
                f"Another version of {service} comes into force on {draft.from_on} already. "
                "A published notice never changes: give the new version a later date."
            )
        return _stored(draft, texts=texts, by=by, approved_by=approved_by, at=at), True


def _stored(
    draft: Definition, *, texts: Mapping[str, str], by: str, approved_by: str, at: datetime
) -> Stored:
    stored = Stored.objects.create(
        service=draft.service,
        title=draft.title,
        dated=draft.dated,
        in_force_from=draft.from_on,
        in_force_until=draft.until_on,
        hash=draft.hash,
        texts=dict(texts),
        published_at=at,
        published_by=by,
        approved_by=approved_by,
    )
    Permit.objects.bulk_create(
        Permit(
            definition=stored,
            role=permit.role,
            standing=permit.standing,
            part=permit.part,
            purpose=permit.purpose,
            act=permit.act,
            source=permit.source,
            from_on=permit.from_on,
            until_on=permit.until_on,
            items=list(permit.items),
            clauses=list(permit.clauses),
            reasoned=list(permit.reasoned),
        )
        for permit in permits_of(draft)
    )
    return stored
