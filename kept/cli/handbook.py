"""docs/guides/commands.md, made from the commands themselves: names, options, JSON fields, exit codes."""

import inspect
from collections.abc import Iterator
from typing import Any

HEAD = """# Commands

Made from the commands by `kept check --write`; do not edit. Every command answers `--help`. Answers go to standard
output, as text for people or with `--format json` for programs; what went wrong goes to standard error, as a
sentence that says what to do. Exit codes have one meaning everywhere: 0 done; 1 not so, or not all of it; 2 used
wrongly; 3 something it needs is not there; 4 refused by a clause.
"""


def handbook(group: Any) -> str:
    """The whole handbook, as it should stand."""
    return "\n".join([HEAD, *(line for command in _commands(group, "kept") for line in _page(*command))])


def _commands(group: Any, path: str) -> Iterator[tuple[str, Any]]:
    for name, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            yield from _commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def _page(path: str, command: Any) -> Iterator[str]:
    yield f"## {path}\n"
    yield inspect.cleandoc(command.help or "") + "\n"
    for parameter in command.params:
        said = ", ".join(f"`{opt}`" for opt in parameter.opts)
        if parameter.param_type_name == "argument":
            said = f"`{(parameter.name or '').upper()}`"
        needed = " (needed)" if parameter.required else ""
        yield f"- {said}{needed}: {getattr(parameter, 'help', None) or ''}".rstrip(": ")
    yield ""
