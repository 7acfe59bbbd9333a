"""What stands around a notice on its page: the other ways to read it, and whether it is the one in force."""

from typing import Any

from django.urls import reverse

from kept.published.editions import Edition
from kept.web.notices.addresses import format_href, notice_href
from kept.web.notices.formats import PAPERS, WORDS, Form, Shown, notes
from kept.web.notices.pictures import CREDIT
from kept.web.pages import Destination


def notice_page(shown: Shown, edition: Edition, *, in_force: bool = False) -> dict[str, Any]:
    """The context of notices/notice.html: for a version at its own address, or for the one in force."""
    return {
        "shown": shown,
        "notes": notes,
        "credit": CREDIT,
        "ways": ways(shown, edition),
        "in_force_href": "" if in_force else notice_href(edition.service),
        "versions_href": reverse("notice_versions", kwargs={"service": edition.service}),
    }


def ways(shown: Shown, edition: Edition) -> tuple[Destination, ...]:
    """The other ways to read this version; the part for professionals only where there is one."""
    apart = {shown.form} if shown.leaflet.professionals else {shown.form, Form.PROFESSIONALS}
    forms = [form for form in Form if form not in apart]
    printed = [shown.form] if shown.form in PAPERS else []
    return (
        *(
            Destination(f"{WORDS[form]} to print (PDF)", format_href(edition, form, paper=True))
            for form in printed
        ),
        *(Destination(WORDS[form], format_href(edition, form)) for form in forms),
    )
