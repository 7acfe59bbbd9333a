"""Who comes to the workbench: asked before every page of it, and written down where the answer is no."""

from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from kept.ledger.entries import refuse
from kept.notices.asker import Asker
from kept.notices.decision import Refused
from kept.published.drafts import NoSuchDraft, Signatory
from kept.published.reads import governed
from kept.staff.reads import address_of
from kept.web.askers import View, asked

# What a notice is for, by law: that people are told what is done with what is known about them.
PURPOSE = "rights"


def at_the_workbench(view: View) -> View:
    """A page of the workbench: the view is called with `by`, who signs for what they do, and `at`."""

    @asked
    @wraps(view)
    def let_in(request: HttpRequest, *, by: Asker, at: datetime, **named: Any) -> HttpResponseBase:
        signs = Signatory(by, address_of(account=by.account) if by.account else "")
        try:
            governed(by=signs, at=at)
        except Refused as refused:
            refuse(by=by, act="open the notice workbench", purpose=PURPOSE, decision=refused.decision, at=at)
        try:
            return view(request, by=signs, at=at, **named)
        except NoSuchDraft as unknown:
            raise Http404 from unknown

    return let_in
