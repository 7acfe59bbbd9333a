"""The chapters of this folder written out for people: ``docs/notices/``, one page a chapter.

A chapter is a folder and its introduction; a section is a test module; a paragraph is one test: its name read as a
sentence, and the tiny notice, the situation and the decision as they are tested. Run as a module it writes the
pages; with ``--check`` it only says which are stale, and fails if any is.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

HERE = Path(__file__).parent
PAGES = HERE.parents[1] / "docs" / "notices"
ORDER = (
    "loading",
    "seeing",
    "collecting",
    "purposes",
    "serving",
    "telling",
    "counting",
    "asking",
    "keeping",
    "law",
    "adopting",
    "third_service",
    "properties",
    "reading",
    "checking",
    "explaining",
    "comparing",
    "replaying",
    "recording",
)
MADE = "<!-- Written by tests/notices/specification.py from the tests: change those. -->\n"


def pages() -> dict[str, str]:
    """Every page of the specification by its name."""
    chapters = {name: _chapter(HERE / name) for name in ORDER}
    return {
        "README.md": _contents(),
        **{f"{name.replace('_', '-')}.md": text for name, text in chapters.items()},
    }


def stale() -> list[str]:
    """The pages that are not what the tests say, or that no chapter stands behind."""
    wanted = pages()
    found = (
        {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")} if PAGES.exists() else {}
    )
    return sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))


def write() -> None:
    PAGES.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (PAGES / name).write_text(text, encoding="utf-8")


def _contents() -> str:
    lines = [MADE, "# The language of a notice, by examples\n"]
    lines += ["Each sentence is a test. What is written here is what the program does.\n"]
    lines += [f"- [{_heading(HERE / name)}]({name.replace('_', '-')}.md)" for name in ORDER]
    return "\n".join(lines) + "\n"


def _heading(folder: Path) -> str:
    return _introduction(folder / "__init__.py").splitlines()[0].rstrip(".")


def _introduction(file: Path) -> str:
    return ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""


def _chapter(folder: Path) -> str:
    heading, _, rest = _introduction(folder / "__init__.py").partition("\n")
    sections = [_section(file) for file in sorted(folder.glob("test_*.py"))]
    return "\n".join([MADE, f"# {heading.rstrip('.')}\n", rest.strip() + "\n", *sections])


def _section(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    tree = ast.parse(text)
    heading = (ast.get_docstring(tree) or "").split("\n\n")[0].replace("\n", " ")
    tests = [
        node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    given = [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign | ast.FunctionDef)]
    notices = "\n".join(_source(text, node) for node in given if node not in tests)
    lines = [f"## {heading}\n"]
    if notices:
        lines += [
            "<details><summary>The notices that these paragraphs share</summary>\n",
            _code(notices),
            "</details>\n",
        ]
    return "\n".join([*lines, *(_paragraph(text, test) for test in tests)])


def _paragraph(text: str, test: ast.FunctionDef) -> str:
    body = "\n".join(text.splitlines()[_first_line(test) - 1 : test.end_lineno])
    return f"### {_sentence(test.name)}\n\n{_code(body)}"


def _first_line(test: ast.FunctionDef) -> int:
    return min([test.lineno, *(decorator.lineno for decorator in test.decorator_list)])


def _source(text: str, node: ast.stmt) -> str:
    return "\n".join(text.splitlines()[node.lineno - 1 : node.end_lineno])


def _sentence(name: str) -> str:
    words = name.removeprefix("test_").replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}"


def _code(source: str) -> str:
    return f"```python\n{source}\n```\n"


def main() -> int:
    if "--check" not in sys.argv[1:]:
        write()
        return 0
    found = stale()
    for name in found:
        sys.stderr.write(f"docs/notices/{name} is stale: run python -m tests.notices.specification\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
