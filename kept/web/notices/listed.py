"""A version of a notice as it stands in a list of them."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from kept.published.editions import Edition
from kept.web import wording
from kept.web.notices.addresses import notice_href, version_href
from kept.web.notices.formats import version_words


@dataclass(frozen=True, slots=True)
class Listed:
    title: str
    version: str
    dated: date
    when: str  # since when, or until when, it is in force
    in_force: bool
    short_hash: str
    hash: str
    href: str
    notice_href: str
    versions_href: str


def listed(edition: Edition, *, on: date) -> Listed:
    """A version, with whether it is in force on a day."""
    return Listed(
        title=edition.title,
        version=version_words(edition),
        dated=edition.dated,
        when=_when(edition, on),
        in_force=edition.in_force(on),
        short_hash=edition.short_hash,
        hash=edition.hash,
        href=version_href(service=edition.service, dated=edition.dated, version_hash=edition.hash),
        notice_href=notice_href(edition.service),
        versions_href=reverse("notice_versions", kwargs={"service": edition.service}),
    )


def _when(edition: Edition, on: date) -> str:
    begins = wording.day(edition.from_on)
    if on < edition.from_on:
        return f"Comes into force on {begins}"
    if edition.in_force(on):
        return f"In force since {begins}"
    ended = wording.day(edition.until_on) if edition.until_on else ""
    return f"In force from {begins}, until another came on {ended}"
