"""Where notices stand: one fixed address for the version in force, and one for ever for each version."""

from datetime import date

from django.urls import reverse

from kept.published.editions import SHORT, Edition
from kept.web.notices.formats import PAPERS, Form


class Day:
    """A date in an address: 2026-03-03."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


class ShortHash:
    """The beginning of a version's hash."""

    regex = f"[0-9a-f]{{{SHORT}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value[:SHORT]


class Named:
    """One of the formats."""

    regex = "|".join(Form)

    def to_python(self, value: str) -> Form:
        return Form(value)

    def to_url(self, value: str) -> str:
        return value


class OnPaper(Named):
    """A format that can be had on paper."""

    regex = "|".join(PAPERS)


def notice_href(service: str) -> str:
    """The fixed address of a service's notice: always the version in force."""
    return reverse("notice", kwargs={"service": service})


def version_href(*, service: str, dated: date, version_hash: str) -> str:
    """The address of one version, which never changes."""
    return reverse("notice_version", kwargs={"service": service, "dated": dated, "short_hash": version_hash})


def format_href(edition: Edition, form: Form, *, paper: bool = False) -> str:
    """The address of one version in one format, on the screen or on paper."""
    kwargs = {
        "service": edition.service,
        "dated": edition.dated,
        "short_hash": edition.hash,
        "form": form,
    }
    return reverse("notice_paper" if paper else "notice_form", kwargs=kwargs)
