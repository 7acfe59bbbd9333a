"""Build what Kept is installed from on a machine of its own: `python requirements/wheel.py [FOLDER]`, else dist/.

    kept-0.1.0-py3-none-any.whl       the program, its styles and scripts compiled, and the definitions
    kept-0.1.0-requirements.txt       every package it needs, each pinned with its hash

It is built from a copy, so that nothing of the checkout changes. In a checkout the definitions stand beside the
program, in a wheel inside it; the setting KEPT_DEFINITIONS names others.
"""

# ruff: noqa: INP001, T201 - a script that speaks to a person, beside the lists that it reads

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
# What styles and scripts are built from stays here: a wheel needs no Node.
LEFT_OUT = shutil.ignore_patterns("__pycache__", "node_modules", "assets", "*.pyc")


def main(arguments: list[str]) -> int:
    out = Path(arguments[0] if arguments else CHECKOUT / "dist").resolve()
    out.mkdir(parents=True, exist_ok=True)
    if not succeeds([sys.executable, "-m", "kept.web.building"], CHECKOUT):
        return 1
    for old in (*out.glob("kept-*.whl"), *out.glob("kept-*-requirements.txt")):
        old.unlink()
    with tempfile.TemporaryDirectory() as made:
        copied(Path(made))
        pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
        if not succeeds(
            [*pip, "--no-deps", "--no-build-isolation", "--wheel-dir", str(out), "."], Path(made)
        ):
            print("The wheel could not be built. The lines above say why.", file=sys.stderr)
            return 1
    (wheel,) = out.glob("kept-*.whl")
    requirements = out / f"kept-{wheel.name.split('-')[1]}-requirements.txt"
    shutil.copy(CHECKOUT / "requirements" / "kept.txt", requirements)
    print(f"{wheel}\n{requirements}")
    return 0


def copied(folder: Path) -> None:
    """What a wheel is made of, and nothing else that may lie in a checkout."""
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(CHECKOUT / name, folder)
    shutil.copytree(CHECKOUT / "kept", folder / "kept", ignore=LEFT_OUT)
    shutil.copytree(CHECKOUT / "definitions", folder / "kept" / "definitions", ignore=LEFT_OUT)


def succeeds(command: list[str], folder: Path) -> bool:
    return subprocess.run(command, cwd=folder, check=False, env=environment()).returncode == 0


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(CHECKOUT)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
