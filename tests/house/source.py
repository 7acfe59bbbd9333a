"""The source as the tests of the house read it: files, imports, functions."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "kept"


@dataclass(frozen=True)
class Module:
    """One file of the program."""

    path: Path
    tree: ast.Module

    @property
    def room(self) -> str:
        """The top-level room, such as 'record'."""
        return self.path.relative_to(PACKAGE).parts[0].removesuffix(".py")

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    def imports(self) -> Iterator[str]:
        """Every module imported, wherever in the file."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            elif isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)

    def functions(self) -> Iterator[ast.FunctionDef]:
        yield from (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef))

    def calls(self) -> Iterator[str]:
        """The dotted name of everything called, as written."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func)


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the program but migrations, which are history."""
    return tuple(
        Module(path, ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts and "node_modules" not in path.parts
    )
