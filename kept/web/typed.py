"""What somebody had typed when it could not be saved: shown again, so that no note is lost."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, QueryDict

from kept.web.pages import Typed

# What opens an account is typed anew, never carried in a page.
NEVER_SHOWN = frozenset({"csrfmiddlewaretoken", "password", "oldpassword", "password1", "password2", "code"})

# What a form says of itself.
OF_THE_FORM = frozenset({"once", "do"})

INCOMPLETE = "This form is incomplete. Open it again; copy what you typed first."

NUL = "\0"


def as_stored(request: HttpRequest) -> HttpRequest:
    """The request without the one character that no text in the database can hold.

    Nobody types or sees it, and some programs leave it in what is copied from them: the note that has it is saved.
    """
    request.GET = without_nul(request.GET)  # type: ignore[assignment]  # as immutable as it was
    if request.method == "POST":
        request.POST = without_nul(request.POST)  # type: ignore[assignment]  # likewise
    return request


def without_nul(sent: QueryDict) -> QueryDict:
    if not any(NUL in text for _, texts in sent.lists() for text in texts):
        return sent
    return QueryDict(sent.urlencode().replace("%00", ""))


def once_in(values: Mapping[str, str]) -> UUID | None:
    """The number that a form was given when it was drawn, by which it is known again; None where it says none."""
    try:
        return UUID(values.get("once", ""))
    except ValueError:
        return None


def typed_in(request: HttpRequest) -> tuple[Typed, ...]:
    """Every field of a form that was sent; a note is shown, the rest only kept to be sent again."""
    return tuple(
        Typed(name, str(text), label="Note" if name == "note" else "")
        for name, text in request.POST.items()
        if name not in NEVER_SHOWN
    )


def all_typed_in(request: HttpRequest) -> tuple[Typed, ...]:
    """Every field that words were typed in, to be copied: what a form keeps for itself has none."""
    return tuple(
        Typed(name, str(text), label=name.replace("_", " ").capitalize())
        for name, text in request.POST.items()
        if name not in NEVER_SHOWN | OF_THE_FORM and str(text).strip()
    )
