"""What stands on a public page, in plain values."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client

from kept.published.editions import Edition, editions
from kept.web.notices.addresses import format_href
from kept.web.notices.formats import Form
from tests import cast

SERVICES = (cast.HEALTH_VISITING, cast.PAIRS)
TITLES = {
    cast.HEALTH_VISITING: "Health Visiting Service",
    cast.PAIRS: "Parent and Infant Relationship Service",
}
DATED = {cast.HEALTH_VISITING: "3 March 2026", cast.PAIRS: "26 June 2026"}
PAGES = tuple(form for form in Form if form is not Form.TEXT)
WITHOUT_AN_END = {"meta", "link", "input", "use", "path", "br", "img"}


def newest(service: str) -> Edition:
    return editions(service=service)[0]


def read(reader: Client, edition: Edition, form: Form) -> str:
    """One version in one format, as it is sent."""
    return sent(reader, format_href(edition, form))


def sent(reader: Client, address: str) -> str:
    answer = reader.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return answer.content.decode()


@dataclass
class Seen(HTMLParser):
    """A page taken apart: the words of each clause by its id, every address, and all the words there are."""

    html: str
    clauses: list[tuple[str, str]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    _open: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    @property
    def text(self) -> str:
        return words_of(" ".join(self.said))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.addresses += [named[name] for name in ("href", "src", "action") if name in named]
        if tag not in WITHOUT_AN_END:
            self._open.append((tag, named.get("class", ""), named.get("id", "")))
        if "notice__clause" in named.get("class", "").split():
            line = next(clause for _, kind, clause in reversed(self._open) if kind == "notice__line")
            self.clauses.append((line, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag not in WITHOUT_AN_END:
            opened, *_ = self._open.pop()
            assert opened == tag, f"<{opened}> is closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        if any(tag in ("script", "style") for tag, *_ in self._open):
            return
        self.said.append(data)
        if any("notice__clause" in kind.split() for _, kind, _ in self._open):
            clause, words = self.clauses[-1]
            self.clauses[-1] = (clause, words_of(f"{words} {data}"))


def words_of(text: str) -> str:
    """The words alone, one space between two of them."""
    return re.sub(r"\s+", " ", text).strip()
