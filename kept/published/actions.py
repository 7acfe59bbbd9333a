"""Publishing: the one step that turns a draft into what both locks obey; and what two people do before it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from kept.database.acting import acting_as, here
from kept.notices.amending import with_adoption
from kept.notices.definition import Definition
from kept.notices.loading import load
from kept.notices.permits import permits_of
from kept.published import reads
from kept.published.drafts import NoSuchDraft, NotPossible, Signatory, understood
from kept.published.models import Definition as Stored
from kept.published.models import Draft, Permit
from kept.standards.days import day_of

PUBLISHER = "publisher"


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
        return _published(draft, texts=texts, by=by, approved_by=approved_by, at=at)


def propose(*, by: Signatory, texts: Mapping[str, str], instead_of: int | None = None, at: datetime) -> int:
    """Keep a draft of the next version, for somebody else to approve. Returns its number.

    A draft that it stands `instead_of` is withdrawn with it. Raises Refused; Faulty with every error of the texts,
    and then nothing is kept; NotPossible, NoSuchDraft for the draft it stands instead of.
    """
    reads.governed(by=by, at=at)
    definition = understood(texts, service=by.asker.service)
    with acting_as(PUBLISHER), transaction.atomic(using=here(), durable=True):
        if instead_of is not None:
            _withdraw(_open_draft(instead_of, by=by), by=by, at=at)
        return _kept(definition, by=by, at=at)


def adopt(*, by: Signatory, draft: int, clause: str, approver: str, at: datetime) -> int:
    """Bring a proposal into force with a draft: another draft takes its place, with one adoption more.

    The adoption counts from the draft's first day, or from today if that is later. Whoever is to approve the draft
    approves the adoption, and is named in it: `approver` is the address of their account. Returns the number of the
    new draft. Raises Refused, NoSuchDraft, NotPossible.
    """
    _, definition = reads.draft(by=by, number=draft, at=at)
    proposed = [one.id for one in definition.clauses if one.proposed and one.from_on is None]
    if clause not in proposed:
        raise NotPossible("This clause is no proposal that waits in the draft. Choose one of its proposals.")
    if approver.casefold() == by.address.casefold():
        raise NotPossible("Somebody else must approve an adoption. Choose another person.")
    text = with_adoption(
        definition.texts.get("adopted.yaml", ""),
        service=definition.service,
        clause=clause,
        by=by.address,
        approved_by=approver,
        on=max(day_of(at), definition.from_on),
    )
    return propose(by=by, texts={**definition.texts, "adopted.yaml": text}, instead_of=draft, at=at)


def approve_and_publish(*, by: Signatory, draft: int, at: datetime) -> int:
    """The second person's yes: the draft becomes a version that counts from its day. Returns the version's number.

    Raises Refused, NoSuchDraft; NotPossible with every reason, for their own draft too.
    """
    reads.governed(by=by, at=at)
    with acting_as(PUBLISHER), transaction.atomic(using=here(), durable=True):
        stored = _open_draft(draft, by=by)
        definition = understood(stored.texts, service=stored.service)
        if why_not := reads.what_is_in_the_way(
            definition, by=by, proposed_by=stored.proposed_by, approved_by=by.address, at=at
        ):
            raise NotPossible(" ".join(why_not))
        version, _ = _published(
            definition, texts=stored.texts, by=stored.proposed_by, approved_by=by.address, at=at
        )
        stored.approved_by, stored.approved_at, stored.version = by.address, at, version
        stored.save(update_fields=["approved_by", "approved_at", "version"])
        return version.pk


def withdraw(*, by: Signatory, draft: int, at: datetime) -> None:
    """Say that a draft is not to be published. It stays to be read. Raises Refused, NoSuchDraft, NotPossible."""
    reads.governed(by=by, at=at)
    with acting_as(PUBLISHER), transaction.atomic(using=here(), durable=True):
        _withdraw(_open_draft(draft, by=by), by=by, at=at)


def _kept(definition: Definition, *, by: Signatory, at: datetime) -> int:
    kept = Draft.objects.create(
        service=definition.service,
        dated=definition.dated,
        in_force_from=definition.from_on,
        texts=dict(definition.texts),
        hash=definition.hash,
        proposed_by=by.address,
        proposed_at=at,
    )
    return kept.pk


def _open_draft(number: int, *, by: Signatory) -> Draft:
    """The draft, locked until the transaction ends, so that two people cannot decide about it at once."""
    found = Draft.objects.select_for_update().filter(service=by.asker.service, pk=number).first()
    if found is None:
        raise NoSuchDraft
    if found.version_id is not None:
        raise NotPossible("This draft is published already. Start a new one.")
    if found.withdrawn_at is not None:
        raise NotPossible("This draft was withdrawn. Start a new one from it.")
    return found


def _withdraw(draft: Draft, *, by: Signatory, at: datetime) -> None:
    draft.withdrawn_by, draft.withdrawn_at = by.address, at
    draft.save(update_fields=["withdrawn_by", "withdrawn_at"])


def _published(
    draft: Definition, *, texts: Mapping[str, str], by: str, approved_by: str, at: datetime
) -> tuple[Stored, bool]:
    if stored := Stored.objects.filter(hash=draft.hash).first():
        return stored, False
    if Stored.objects.filter(service=draft.service, in_force_from=draft.from_on).exists():
        raise NotPublished(
            f"Another version of {draft.service} comes into force on {draft.from_on} already. "
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
