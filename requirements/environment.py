"""Make the environment that Kept runs in: `python3 requirements/environment.py kept|development`.

It needs Python 3.11 and a package index, nothing else, and it runs before anything is installed: so only
the standard library here. Every package is pinned with its hash; nothing is fetched that is not named in the
list. A second run that finds nothing changed fetches nothing and takes a few milliseconds.
"""

# ruff: noqa: INP001, T201 - a script that speaks to a person, beside the lists that it reads

import hashlib
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
ENVIRONMENT = CHECKOUT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
INSTALLED = ENVIRONMENT / "installed"
# The development list contains the other one: where it is installed, both are.
CONTAINS = {"kept": ("kept",), "development": ("kept", "development")}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in CONTAINS:
        print("Say which list to install: python3 requirements/environment.py kept|development")
        return 2
    wanted = arguments[0]
    missing = what_is_missing()
    if missing:
        print(missing, file=sys.stderr)
        return 1
    installed = read_installed()
    if PYTHON.exists() and installed.get(wanted) == fingerprint(wanted):
        return 0
    return install(wanted, installed)


def what_is_missing() -> str:
    """A sentence about what this machine lacks, or nothing."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    # Whoever runs this may have any Python 3: this is the only place that can say so in a sentence.
    if sys.version_info < (3, 11):  # noqa: UP036
        return (
            f"Kept needs Python 3.11 or later; {sys.executable} is {version}. "
            "Name another: make run PYTHON=/path/to/python3.11"
        )
    if not (find_spec("venv") and find_spec("ensurepip")):
        return (
            f"{sys.executable} cannot make an environment: its venv or ensurepip is missing. "
            "On Debian and Ubuntu, run as root: apt-get install python3-venv. "
            "Or name a Python that has them: make run PYTHON=/path/to/python3.11"
        )
    return ""


def install(wanted: str, installed: dict[str, str]) -> int:
    if not PYTHON.exists():
        print(f"Making the environment in {ENVIRONMENT}.", flush=True)
        if not succeeds([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)]):
            return refuse("The environment could not be made. The lines above say why.")
        installed = {}
    INSTALLED.unlink(missing_ok=True)
    print(f"Installing what requirements/{wanted}.txt names, each package checked by its hash.", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # The list is whole, and what its packages say of each other was weighed when it was compiled.
    if not succeeds([*pip, "--no-deps", "--require-hashes", "-r", str(listed(wanted))]):
        return refuse(
            "The packages could not be installed. The lines above say why. Kept needs a package index: "
            "check the network, or name an index in pip's own settings, and run the command again."
        )
    if not succeeds([*pip, "--no-deps", "--no-build-isolation", "-e", str(CHECKOUT)]):
        return refuse("Kept itself could not be installed. The lines above say why.")
    for name in CONTAINS[wanted]:
        installed[name] = fingerprint(name)
    INSTALLED.write_text("".join(f"{name} {value}\n" for name, value in sorted(installed.items())))
    return 0


def listed(name: str) -> Path:
    return CHECKOUT / "requirements" / f"{name}.txt"


def fingerprint(name: str) -> str:
    """Of everything that decides what would be installed: the list, the project's description, the Python."""
    parts = (listed(name).read_bytes(), (CHECKOUT / "pyproject.toml").read_bytes(), sys.version.encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def read_installed() -> dict[str, str]:
    if not INSTALLED.exists():
        return {}
    pairs = (line.split() for line in INSTALLED.read_text().splitlines())
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


def succeeds(command: list[str]) -> bool:
    return subprocess.run(command, check=False).returncode == 0


def refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
