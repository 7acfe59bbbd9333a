"""What somebody had typed when it could not be saved: shown again, so that no note is lost."""

from django.http import HttpRequest

from kept.web.pages import Typed

# What opens an account is typed anew, never carried in a page.
NEVER_SHOWN = frozenset({"csrfmiddlewaretoken", "password", "oldpassword", "password1", "password2", "code"})


def typed_in(request: HttpRequest) -> tuple[Typed, ...]:
    """Every field of a form that was sent; a note is shown, the rest only kept to be sent again."""
    return tuple(
        Typed(name, str(text), label="Note" if name == "note" else "")
        for name, text in request.POST.items()
        if name not in NEVER_SHOWN
    )
