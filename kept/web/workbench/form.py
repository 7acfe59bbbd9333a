"""The form of a draft: the texts that were typed or sent as files, and the form again with what was typed in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from kept.notices.amending import CannotAmend, begun_on
from kept.notices.definition import Definition
from kept.notices.faults import Fault, Faulty
from kept.notices.wording import nearest
from kept.published.drafts import understood
from kept.web.numbers import day_said

MOST_BYTES = 1_000_000
TOO_LARGE = "These files are larger than 1 MB together. A definition is much smaller: take out what is not part of it."
DAY = ("begins_on-day", "begins_on-month", "begins_on-year")


@dataclass(frozen=True, slots=True)
class File:
    """One file of the draft, in the form."""

    name: str
    id: str  # of its box
    text: str
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form brought: the texts by the names of their files, and all that is wrong with them."""

    texts: Mapping[str, str]
    day: Mapping[str, str]  # the three boxes of the day
    errors: tuple[tuple[str, str], ...] = ()  # the id of a box, or nothing; and a sentence
    faults: tuple[Fault, ...] = ()


def files_of(definition: Definition) -> tuple[str, ...]:
    """The files of a notice in the order of the form: the notice, what was adopted, then the lists."""
    notice = notice_of(definition.texts)
    others = sorted({*definition.texts, "adopted.yaml"} - {notice, "adopted.yaml"})
    return (notice, "adopted.yaml", *others)


def notice_of(texts: Iterable[str]) -> str:
    return next(name for name in texts if name.startswith("services/"))


def opened(definition: Definition) -> Typed:
    """The form as it is opened: every file as it stands, and no day yet."""
    return Typed({name: definition.texts.get(name, "") for name in files_of(definition)}, {})


def typed_in(request: HttpRequest, *, names: tuple[str, ...], service: str) -> Typed:
    """What was typed and sent, with everything that is wrong with it. A file that was sent goes before a box."""
    errors: list[tuple[str, str]] = []
    texts = {name: request.POST.get(box(name), "").replace("\r\n", "\n") for name in names}
    texts |= dict(_sent(request.FILES.getlist("files"), names, errors))
    if sum(len(text.encode("utf-8", "replace")) for text in texts.values()) > MOST_BYTES:
        errors.append(("files", TOO_LARGE))
    day = {name: request.POST.get(name, "") for name in DAY}
    begins = _day(day, errors)
    if begins:
        _begin(texts, notice_of(names), begins, errors)
    too_large = TOO_LARGE in [words for _, words in errors]
    return Typed(texts, day, tuple(errors), () if too_large else _faults(texts, service))


def box(name: str) -> str:
    """The id, and the name, of the box of a file."""
    return "file-" + "".join(letter if letter.isalnum() else "-" for letter in name.removesuffix(".yaml"))


def shown(typed: Typed) -> tuple[File, ...]:
    """The boxes of the form, each with what is wrong with its file."""
    return tuple(
        File(
            name,
            box(name),
            text,
            tuple(sentence(fault) for fault in typed.faults if fault.file == name),
        )
        for name, text in typed.texts.items()
    )


def problems(typed: Typed) -> tuple[tuple[str, str], ...]:
    """All that is wrong, for the top of the page: each with the id of the box to go to."""
    boxes = {name: box(name) for name in typed.texts}
    faults = tuple((boxes.get(fault.file, ""), f"{fault.file}, {sentence(fault)}") for fault in typed.faults)
    return (*typed.errors, *faults)


def sentence(fault: Fault) -> str:
    """line 12: what is wrong, and what would be right."""
    place = f"line {fault.line}: " if fault.line else ""
    return f"{place}{fault.wrong} {fault.suggestion}".rstrip()


def _sent(
    files: Iterable[UploadedFile], names: tuple[str, ...], errors: list[tuple[str, str]]
) -> Iterable[tuple[str, str]]:
    known = {PurePosixPath(name).name: name for name in names}
    for file in files:
        name = file.name or ""
        if name not in known:
            errors.append(("files", f"No file of this notice is called {name}. {nearest(name, known)}"))
        elif (file.size or 0) > MOST_BYTES:
            errors.append(("files", TOO_LARGE))
        else:
            try:
                yield known[name], file.read().decode("utf-8").replace("\r\n", "\n")
            except UnicodeDecodeError:
                errors.append(("files", f"{name} is not a text in UTF-8. Save it as one, and send it again."))


def _day(values: Mapping[str, str], errors: list[tuple[str, str]]) -> date | None:
    try:
        return day_said(values, "begins_on")
    except ValueError:
        errors.append(("begins_on-day", "Enter a real day, for example 27 3 2027."))
        return None


def _begin(texts: dict[str, str], notice: str, on: date, errors: list[tuple[str, str]]) -> None:
    try:
        texts[notice] = begun_on(texts[notice], on=on)
    except CannotAmend as error:
        errors.append(
            ("begins_on-day", f"{error} Mend the file of the notice, or write the day into it yourself.")
        )


def _faults(texts: Mapping[str, str], service: str) -> tuple[Fault, ...]:
    try:
        understood(texts, service=service)
    except Faulty as faulty:
        return faulty.errors
    return ()
