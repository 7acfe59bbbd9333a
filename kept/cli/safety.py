"""docs/safety/*.md, made from the data beside them: what can hurt a family, who would, and what is done about it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FOLDER = Path("docs/safety")
MADE = "<!-- Made from {source} by `kept check --write`: change that. -->"
Data = Mapping[str, Any]


def pages(texts: Mapping[str, str]) -> dict[Path, str]:
    """Every page of the folder that is made from data and from these definitions, with what it should say.

    None where there is no checkout.
    """
    from kept.cli.impact import assessment

    made: dict[str, Callable[[Data], Iterator[str]]] = {
        "hazard-log": hazard_log,
        "threat-model": threat_model,
        "dpia": lambda said: assessment(said, texts),
        "asvs": verification,
    }
    return {
        FOLDER / f"{name}.md": "\n".join([MADE.format(source=f"{name}.yaml"), *write(read(name))]) + "\n"
        for name, write in made.items()
        if (FOLDER / f"{name}.yaml").exists()
    }


def read(name: str) -> Data:
    """The data of a page."""
    data: Data = YAML(typ="safe").load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/').replace(chr(10), ' ').strip() for cell in row)} |"
    yield ""


def paths(named: Sequence[str]) -> str:
    """Modules or tests, each as code; a test shows its file once and its own name."""
    return "<br>".join(f"`{one}`" for one in named)


# The hazard log.


def hazard_log(log: Data) -> Iterator[str]:
    hazards = log["hazards"]
    yield f"# {log['title']}\n"
    yield f"{log['about']}\n"
    yield "## Open risks\n"
    yield f"{log['open_risks']}\n"
    yield from (f"- **{one['id']}** {one['hazard']}: {one['open']}" for one in hazards if one.get("open"))
    yield ""
    yield from scale(log["scale"])
    yield "## All hazards\n"
    yield from table(
        ("", "hazard", "before", "after", "what shows it"),
        [
            (
                f"[{one['id']}](#{one['id'].lower()})",
                one["hazard"],
                rated(log, one["before"]),
                rated(log, one["after"]),
                f"{len({test for c in one['controls'] for test in c.get('shown_by', ())})} tests",
            )
            for one in hazards
        ],
    )
    for one in hazards:
        yield from hazard(log, one)


def scale(given: Data) -> Iterator[str]:
    yield "## The scale\n"
    yield f"{given['source']}\n"
    severities, likelihoods = given["severity"], given["likelihood"]
    rows = [(likely, *map(str, given["matrix"][likely])) for likely in reversed(likelihoods)]
    yield from table(("likelihood \\ severity", *severities), rows)
    for name in ("severity", "likelihood", "rating"):
        yield from table((name, "what it means"), [(str(word), words) for word, words in given[name].items()])


def rating(log: Data, judged: Data) -> int:
    """The number of the matrix for a severity and a likelihood."""
    column = list(log["scale"]["severity"]).index(judged["severity"])
    number: int = log["scale"]["matrix"][judged["likelihood"]][column]
    return number


def rated(log: Data, judged: Data) -> str:
    return f"**{rating(log, judged)}** ({judged['severity']}, {judged['likelihood']})"


def hazard(log: Data, one: Data) -> Iterator[str]:
    yield f'### <a id="{one["id"].lower()}"></a>{one["id"]} {one["hazard"]}\n'
    yield f"- **Causes:** {' · '.join(one['causes'])}"
    yield f"- **Effect on the family:** {one['effect']}"
    yield f"- **Risk before:** {rated(log, one['before'])}. **Risk left:** {rated(log, one['after'])}.\n"
    for control in one["controls"]:
        yield f"**{control['does']}**"
        yield f"  - kept by {', '.join(f'`{path}`' for path in control['kept_by'])}"
        yield from (f"  - shown by `{test}`" for test in control.get("shown_by", ()))
        if "not_shown" in control:
            yield f"  - no test can show it: {control['not_shown']}"
        yield ""
    yield f"**What is left.** {one['left']}"
    if one.get("open"):
        yield f"\n**Open.** {one['open']}"
    yield f"\n**For the organisation.** {one['organisation']}\n"


# The threat model.


def threat_model(model: Data) -> Iterator[str]:
    yield f"# {model['title']}\n"
    yield f"{model['about']}\n"
    yield f"![{model['picture']['says']}]({model['picture']['file']})\n"
    for name in ("assets", "people", "boundaries"):
        yield f"## {model[name]['title']}\n"
        yield from table(
            ("", *model[name]["heads"]),
            [(f"**{key}**", *map(str, cells)) for key, cells in model[name]["rows"].items()],
        )
    yield "## Threats\n"
    yield f"{model['words']}\n"
    for key, (name, *_) in model["boundaries"]["rows"].items():
        yield f"### {key} {name}\n"
        yield from table(
            ("", "kind", "who", "threat", "what is done", "kept by", "shown by", "what is left"),
            [
                (
                    one["id"],
                    one["kind"],
                    ", ".join(one["by"]),
                    one["threat"],
                    one["control"],
                    paths(one["kept_by"]),
                    paths(one.get("shown_by", ())) or one["not_shown"],
                    one["left"],
                )
                for one in model["threats"]
                if one["boundary"] == key
            ],
        )
    yield "## What is not defended\n"
    yield from (f"- {one}" for one in model["not_defended"])


# The verification standard.


def verification(standard: Data) -> Iterator[str]:
    rows = list(requirements(standard))
    counted = Counter(row["status"] for row in rows)
    yield f"# {standard['title']}\n"
    yield f"{standard['about']}\n"
    yield from table(
        ("status", "what it means", "requirements"),
        [(word, words, str(counted[word])) for word, words in standard["statuses"].items()],
    )
    for status in ("not met", "partly"):
        yield f"## {status.capitalize()}\n"
        yield from (
            f"- **{row['id']}** {row['asks']} {row['how']}" for row in rows if row["status"] == status
        )
        yield ""
    for chapter in standard["chapters"]:
        yield f"## {chapter['id']} {chapter['title']}\n"
        if chapter.get("because"):
            yield f"{chapter['because']}\n"
        yield from table(
            ("", "level", "what it asks, in our words", "status", "how", "kept by", "shown by"),
            [
                (
                    row["id"],
                    str(row["level"]),
                    row["asks"],
                    row["status"],
                    row["how"],
                    paths(row.get("kept_by", ())),
                    paths(row.get("shown_by", ())),
                )
                for row in rows
                if row["id"].split(".")[0] == chapter["id"]
            ],
        )


def requirements(standard: Data) -> Iterator[Data]:
    """Every requirement of levels 1 and 2; where a chapter says one thing for all of its rows, they say it too."""
    for chapter in standard["chapters"]:
        for row in chapter["rows"]:
            yield {"status": chapter.get("status"), "how": "", **row}
