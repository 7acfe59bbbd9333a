"""The Jinja2 environment of the pages, and what stands around every page.

It is strict: a misspelt name in a template is an error, never an empty place on a record. The macros of the NHS.UK
design system need a lenient environment and cost 1 to 5 milliseconds each, so that a form of theirs took 48 and
ours takes 1: the tables, lists and fields in `templates/partials/` are our own, and a test holds their HTML equal
to what the design system's macros emit.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import json_script
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from kept.web import wording
from kept.web.askers import furniture_around
from kept.web.pages import Option

# What to do about an empty box of the library's forms, by the name of the box.
EMPTY = {
    "login": "Enter your email address.",
    "password": "Enter your password.",
    "code": "Enter a code.",
    "oldpassword": "Enter the password you have now.",
    "password1": "Enter a new password.",
    "password2": "Enter the new password once more.",
    "name": "Enter a name.",
}


def environment(**options: Any) -> Environment:
    """What Django asks for in `TEMPLATES`: strict and escaping, with our filters."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**{**options, "autoescape": True})  # noqa: S701
    made.globals |= {
        "Option": Option,
        "source": settings.SOURCE,
        "static": static,
        "url": url,
        # A page drawn without a request (the server error) has nothing of these.
        "request": None,
        "furniture": None,
        "csrf_input": "",
    }
    made.filters |= {
        "age": wording.age,
        "day": wording.day,
        "error_links": error_links,
        "field": field,
        "form_errors": form_errors,
        "json_script": json_script,
        "kilograms": wording.kilograms,
        "moment": wording.moment,
        "nhs_number": wording.nhs_number,
        "opening": wording.opening,
        "short_day": wording.short_day,
        "svg": svg,
        "until": wording.until,
    }
    return made


def furniture(request: HttpRequest) -> dict[str, object]:
    """Context processor: what stands around a page. A page of ours has found it already, or that there is none."""
    if not hasattr(request, "furniture"):
        request.furniture = furniture_around(request)  # type: ignore[attr-defined]
    return {"furniture": request.furniture}  # type: ignore[attr-defined]


def static(path: str) -> str:
    """The address of a style sheet, a script or a picture of ours."""
    return _address(storages["staticfiles"], path)


@cache
def _address(storage: Storage, path: str) -> str:
    """Looked up once: the address of a file does not change while the program runs."""
    return storage.url(path)


def url(name: str, **kwargs: object) -> str:
    return reverse(name, kwargs=kwargs)


def error_links(errors: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is wrong with a form of ours, each with the id of the box to go to: a date's is its day."""
    return [(f"{name}-day" if name.endswith("_on") else name, words) for name, words in errors.items()]


def field(bound: BoundField) -> dict[str, str]:
    """A field of a Django form as the arguments of a macro of `partials/fields.html`."""
    wrong = " ".join(_sentences(bound.form, bound.name))
    return {"id": bound.id_for_label, "name": bound.html_name, "error": wrong}


def form_errors(form: BaseForm) -> list[tuple[str, str]]:
    """What is wrong with a Django form, each with the id of its field; with none for the form as a whole."""
    return [
        (form[name].id_for_label if name in form.fields and not form[name].is_hidden else "", words)
        for name in form.errors
        for words in _sentences(form, name)
    ]


def _sentences(form: BaseForm, name: str) -> list[str]:
    """What is wrong with one field, as sentences that say what to do."""
    found = form.errors.as_data().get(name, [])
    return [
        EMPTY[name] if error.code == "required" and name in EMPTY else str(words)
        for error in found
        for words in error.messages
    ]


def svg(drawing: str) -> Markup:
    """A drawing made by our own program (the QR code of a second factor), to stand inside a page.

    Never one that somebody sent: it is not escaped.
    """
    return Markup(drawing[drawing.index("<svg") :])  # noqa: S704
