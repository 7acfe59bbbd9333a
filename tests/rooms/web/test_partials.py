"""Our tables, lists and fields are the design system's: the same HTML as its macros, without their cost."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from jinja2 import ChainableUndefined, Environment, PackageLoader

from kept.web.pages import CaseloadChild, Destination, Detail, Due, Looked, Option, Pages, Waiting, Weight
from tests.rooms.web import made_up
from tests.rooms.web.markup import normal
from tests.rooms.web.preview import environment

ON = made_up.ON
TABLE = {"responsive": True, "firstCellIsHeader": True}


@cache
def design_system() -> Environment:
    loader = PackageLoader("nhsuk_frontend_jinja")
    return Environment(loader=loader, undefined=ChainableUndefined, autoescape=True)


def macro(folder: str, name: str, params: dict[str, Any]) -> list[tuple[str, ...]]:
    """What the design system's macro emits."""
    template = design_system().get_template(f"nhsuk/components/{folder}/macro.jinja")
    return normal(getattr(template.module, name)(params))


def partial(name: str, **context: Any) -> list[tuple[str, ...]]:
    return normal(environment().get_template(f"partials/{name}.html").render(context))


def field(name: str, *args: Any, **kwargs: Any) -> list[tuple[str, ...]]:
    made: Callable[..., str] = getattr(environment().get_template("partials/fields.html").module, name)
    return normal(made(*args, **kwargs))


def html(*cells: str) -> list[dict[str, str]]:
    return [{"html": cell} for cell in cells]


def hidden(words: str) -> dict[str, str]:
    return {"text": words, "classes": "nhsuk-u-visually-hidden"}


def test_a_caseload_is_a_responsive_table() -> None:
    children = (
        CaseloadChild("Amara <b>", "/1/", ON.replace(day=11), Due("New birth visit", ON.replace(day=25))),
        CaseloadChild("Amara", "/2/", None, Due("Review", ON.replace(day=20))),
        CaseloadChild("Amara", "/3/", None),
    )
    late = '<strong class="nhsuk-tag nhsuk-tag--red">2 days late</strong>'
    rows = [
        html('<a class="nhsuk-link" href="/1/"><bdi>Amara &lt;b&gt;</bdi></a>',
             "New birth visit in 3 days, by 25 Nov 2026", "11 days", "11 Nov 2026"),
        html('<a class="nhsuk-link" href="/2/"><bdi>Amara</bdi></a>', f"Review {late}", "Not recorded", "Not recorded"),
        html('<a class="nhsuk-link" href="/3/"><bdi>Amara</bdi></a>', "Nothing due", "Not recorded", "Not recorded"),
    ]  # fmt: skip
    head = [{"text": words} for words in ("Child", "Next due", "Age", "Date of birth")]
    caption = hidden("Children on this caseload")
    expected = TABLE | {"head": head, "rows": rows, "caption": caption, "classes": "kept-children"}
    assert partial("children", children=children, on=ON) == macro("tables", "table", expected)


def test_weights_are_a_compact_responsive_table() -> None:
    weights = (Weight(ON, 3605), Weight(ON.replace(day=11), 3420))
    rows = [
        [{"text": "22 Nov 2026"}, {"text": "11 days"}, {"text": "3.605 kg"}],
        [{"text": "11 Nov 2026"}, {"text": "born today"}, {"text": "3.420 kg"}],
    ]
    head = [{"text": words} for words in ("Day", "Age", "Weight")]
    caption = hidden("Weights, the newest first")
    expected = macro(
        "tables", "table", TABLE | {"compact": True, "head": head, "rows": rows, "caption": caption}
    )
    assert partial("weights", weights=weights, born_on=ON.replace(day=11)) == expected


def test_entries_are_a_compact_responsive_table() -> None:
    entry = Looked(
        made_up.AT,
        "Naomi",
        "health visitor",
        "Asked",
        "Care",
        (Destination("Amara", "/1/"), Destination("Bo")),
        ("hv-2.02",),
        "Handover",
        refused=True,
    )
    quiet = 'class="kept-line kept-quiet"'
    row = [
        {"text": "22 Nov 2026, 14:05"},
        {"html": f'<span class="kept-line"><bdi>Naomi</bdi></span><span {quiet}>health visitor</span>'},
        {
            "html": '<strong class="nhsuk-tag nhsuk-tag--red">Refused</strong> Asked'
            f"<span {quiet}>Reason: <bdi>Handover</bdi></span>"
        },
        {"text": "Care"},
        {
            "html": '<span class="kept-line"><a class="nhsuk-link" href="/1/"><bdi>Amara</bdi></a></span>'
            '<span class="kept-line"><bdi>Bo</bdi></span>'
        },
        {"html": '<span class="kept-line kept-clause">hv-2.02</span>'},
    ]
    words = ("When", "Who", "What was done", "For what", "About whom", "Clause")
    expected = TABLE | {
        "compact": True,
        "classes": "kept-entries",
        "head": [{"text": word} for word in words],
        "rows": [row],
        "caption": hidden("Who has looked, the newest first"),
    }
    assert partial("entries", entries=(entry,)) == macro("tables", "table", expected)


def test_the_intake_queue_is_a_responsive_table() -> None:
    message = Waiting(
        made_up.AT, "Birth details", "birth.json", "It has no number.", "Ask for it.", "/queue/1/"
    )
    row = [
        {
            "html": '<a class="nhsuk-link" href="/queue/1/">Birth details</a>'
            '<span class="kept-line kept-quiet">birth.json</span>'
        },
        {"text": "It has no number."},
        {"text": "Ask for it."},
        {"text": "22 Nov 2026, 14:05"},
    ]
    expected = TABLE | {
        "classes": "kept-queue",
        "head": [{"text": words} for words in ("Message", "Why it waits", "What to do", "Received")],
        "rows": [row],
        "caption": hidden("Messages that wait, the oldest first"),
    }
    assert partial("queue", waiting=(message,)) == macro("tables", "table", expected)


def test_details_of_a_person_are_a_summary_list() -> None:
    details = (
        Detail("Phone", ("07700 900 123",), phone=True),
        Detail("GP practice", ("Orchard & Sons", "Maidstone")),
        Detail("NHS number", clause="hv-2.02"),
    )
    line = '<span class="kept-line">{}</span>'.format
    why = (
        '<a class="nhsuk-link" href="#withheld-hv-2.02">Why'
        '<span class="nhsuk-u-visually-hidden"> NHS number is not shown</span></a>'
    )
    values = (
        line('<a class="nhsuk-link" href="tel:07700900123">07700 900 123</a>'),
        line("<bdi>Orchard &amp; Sons</bdi>") + line("<bdi>Maidstone</bdi>"),
        f'<span class="kept-withheld">Not shown to you.</span> {why}',
    )
    rows = [
        {"key": {"text": detail.label}, "value": {"html": value}}
        for detail, value in zip(details, values, strict=True)
    ]
    expected = macro("summary-list", "summaryList", {"rows": rows, "classes": "kept-details"})
    assert partial("details", details=details) == expected


@pytest.mark.parametrize(
    "pages", [Pages(2, 3, "/?page=1", "/?page=3"), Pages(1, 3, "", "/?page=2"), Pages(3, 3, "/?page=2")]
)
def test_pages_of_a_list_are_the_pagination(pages: Pages) -> None:
    params: dict[str, Any] = {"ariaLabel": "Pages of this list"}
    if pages.previous_href:
        params["previous"] = {"href": pages.previous_href, "label": f"{pages.current - 1} of 3"}
    if pages.next_href:
        params["next"] = {"href": pages.next_href, "label": f"{pages.current + 1} of 3"}
    assert partial("pagination", pages=pages) == macro("pagination", "pagination", params)


def test_a_list_of_one_page_has_no_pagination() -> None:
    assert partial("pagination", pages=Pages(1, 1)) == []


def test_errors_are_the_error_summary() -> None:
    errors = [("place", "Choose a place."), ("", "Try again.")]
    params = {
        "heading": "There is a problem",
        "errorList": [{"href": "#place", "text": "Choose a place."}, {"text": "Try again."}],
    }
    assert partial("errors", errors=errors) == macro("error-summary", "errorSummary", params)
    assert partial("errors", errors=[]) == []


@pytest.mark.parametrize("error", ["", "It is not <right>."])
@pytest.mark.parametrize("hint", ["", "Like 3.42"])
def test_fields_of_one_line(error: str, hint: str) -> None:
    more = {"inputmode": "decimal", "autocomplete": "off"}
    ours = field("input", "weight", "Weight", "3 & 4", error=error, hint=hint, width=5, **more)
    params = {"id": "weight", "name": "weight", "label": "Weight", "value": "3 & 4", "width": 5} | more
    assert ours == macro("input", "input", params | said(error, hint))


def test_a_field_named_otherwise_than_its_id() -> None:
    ours = field("input", "login", "Email", id="id_login", type="email", spellcheck="false")
    params = {
        "id": "id_login",
        "name": "login",
        "label": "Email",
        "value": "",
        "type": "email",
        "spellcheck": False,
    }
    assert ours == macro("input", "input", params)


@pytest.mark.parametrize("error", ["", "It is not right."])
def test_passwords(error: str) -> None:
    params = {"id": "id_password", "name": "password", "label": "Password", "value": ""}
    ours = field("password", "password", "Password", id="id_password", error=error)
    assert ours == macro("password-input", "passwordInput", params | said(error))


@pytest.mark.parametrize("error", ["", "It is too long."])
def test_notes(error: str) -> None:
    params = {
        "id": "note", "name": "note", "rows": 8, "label": {"text": "Note", "size": "s"},
        "value": made_up.NOTE, "attributes": {"dir": "auto"},
    }  # fmt: skip
    ours = field("textarea", "note", "Note", made_up.NOTE, error=error, hint="H", rows=8, dir="auto")
    assert ours == macro("textarea", "textarea", params | said(error, "H"))


@pytest.mark.parametrize("error", ["", "Check the year."])
def test_dates(error: str) -> None:
    values = {"seen_on-day": "22", "seen_on-year": "20x6"}
    wrong = " nhsuk-input--error" if error else ""
    items = [
        {
            "id": f"seen_on-{part}", "name": f"seen_on-{part}", "label": part.capitalize(),
            "value": values.get(f"seen_on-{part}", ""), "classes": f"nhsuk-input--width-{width}{wrong}",
        }
        for part, width in (("day", 2), ("month", 2), ("year", 4))
    ]  # fmt: skip
    params = {"id": "seen_on", "fieldset": {"legend": {"text": "When?", "size": "s"}}, "items": items}
    ours = field("date", "seen_on", "When?", values, error=error, hint="H")
    assert ours == macro("date-input", "dateInput", params | said(error, "H"))


@pytest.mark.parametrize("error", ["", "Choose one."])
@pytest.mark.parametrize("chosen", ["", "a", "b"])
def test_answers_that_open_more(error: str, chosen: str) -> None:
    options = (Option("a", "Yes", "a hint"), Option("b", "No"))
    items = [
        {"value": "a", "text": "Yes", "hint": "a hint", "checked": chosen == "a"},
        {"value": "b", "text": "No", "checked": chosen == "b", "conditional": {"html": "<p>Why?</p>"}},
    ]
    legend = {"legend": {"text": "Given?", "size": "s"}}
    params = {"idPrefix": "given", "name": "given", "fieldset": legend, "items": items}
    reveals = {"b": environment().from_string("<p>Why?</p>").module}
    ours = field("radios", "given", "Given?", options, chosen, error=error, hint="H", reveals=reveals)
    assert ours == without_a_script(macro("radios", "radios", params | said(error, "H")))


def without_a_script(tokens: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The macro's HTML without what its script opens an answer by: ours opens by style alone, see kept.scss."""
    return [
        tuple(
            part.replace(" nhsuk-radios__conditional--hidden", "")
            for part in token
            if not part.startswith("data-aria-controls=")
        )
        for token in tokens
    ]


def test_small_answers_in_a_row() -> None:
    items = [{"value": "kg", "text": "kilograms", "checked": True}, {"value": "g", "text": "grams"}]
    legend = {"legend": {"text": "In", "classes": "nhsuk-u-visually-hidden"}}
    params = {"idPrefix": "unit", "name": "unit", "fieldset": legend, "items": items}
    params["classes"] = "nhsuk-radios--inline nhsuk-radios--small"
    options = (Option("kg", "kilograms"), Option("g", "grams"))
    ours = field("radios", "unit", "In", options, "kg", size="", inline=True)
    assert ours == macro("radios", "radios", params)


def test_lists_to_choose_from() -> None:
    items = [{"value": "", "text": "Everyone"}, {"value": "7", "text": "Naomi", "selected": True}]
    params = {"id": "who", "name": "who", "label": "Who", "items": items}
    ours = field("select", "who", "Who", (Option("", "Everyone"), Option("7", "Naomi")), "7")
    assert ours == macro("select", "select", params)


def test_buttons() -> None:
    save = {"text": "Save", "preventDoubleClick": True}
    assert field("button", "Save", once=True) == macro("button", "button", save)
    use = {"text": "Use", "type": "button", "variant": "warning", "id": "use"}
    assert field("button", "Use", variant="warning", type="button", id="use") == macro(
        "button", "button", use
    )
    go = {"text": "Go", "href": "/?a=1&b=2", "variant": "secondary"}
    assert field("link_button", "Go", "/?a=1&b=2", variant="secondary") == macro("button", "button", go)


def test_what_was_saved() -> None:
    params = {"variant": "success", "text": "The visit is saved."}
    ours = field("saved_banner", "The visit is saved.")
    assert ours == macro("notification-banner", "notificationBanner", params)


def said(error: str, hint: str = "") -> dict[str, str | None]:
    return {"errorMessage": error or None, "hint": hint or None}
