"""Reading HTML in tests: as a list of what is in it, with nothing left of how it was written down."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

Token = tuple[str, ...]


def normal(html: str) -> list[Token]:
    """The elements, attributes and words of some HTML, in order; space counts only inside a textarea."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.tokens


@dataclass
class _Reader(HTMLParser):
    tokens: list[Token] = field(default_factory=list)
    inside: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        self.tokens.append((f"<{tag}>", *sorted(_attribute(name, value) for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""
        self.tokens.append((f"</{tag}>",))

    def handle_data(self, data: str) -> None:
        if self.inside == "textarea":
            # As a browser does: the first line break after the tag is not part of the text.
            self.tokens.append(("text", data.removeprefix("\n")))
        elif words := " ".join(data.split()):
            self.tokens.append(("text", words))


def _attribute(name: str, value: str | None) -> str:
    if name == "class":
        value = " ".join(sorted(re.split(r"\s+", (value or "").strip())))
    return f"{name}={value or ''}"
