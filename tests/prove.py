"""`make prove`: how many of the 134 published statements run, each with a test that fails if the program breaks it."""

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from ruamel.yaml import YAML

from tests.proving import MODES

ROOT = Path(__file__).parents[1]
WORKERS = "2"


def main() -> int:
    outcomes = {mode: outcomes_of(mode) for mode in MODES}
    statements = every_statement()
    proven = [s for s in statements if is_proven(s, outcomes)]
    explained = sorted(explained_statements() - set(proven))
    missing = [s for s in statements if s not in proven and s not in explained]
    for statement in missing:
        if tests := outcomes["as-it-is"].get(statement):
            print(f"{statement}: {why_not(statement, outcomes)} ({', '.join(tests)})")
    print(f"Run: {' '.join(proven)}")
    print(f"Explained: {' '.join(explained)}")
    print(f"Missing: {' '.join(missing)}")
    print(f"Promises proven: {len(proven)} of {len(statements)}")
    return 0


def outcomes_of(mode: str) -> dict[str, dict[str, str]]:
    """Statement → test → what became of it, in one mode."""
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder) / "outcomes"
        to.touch()
        command = [
            sys.executable, "-m", "pytest", "tests", "-q", "-n", WORKERS, f"--prove={mode}", f"--prove-to={to}",
            "-p", "no:cacheprovider",
        ]  # fmt: skip
        ended = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
        if mode == "as-it-is" and ended.returncode not in (0, 5):
            print(ended.stdout[-3000:])
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for line in to.read_text().splitlines():
            told = json.loads(line)
            found[told["statement"]][told["test"].split("[")[0]] = told["outcome"]
        return found


def is_proven(statement: str, outcomes: dict[str, dict[str, dict[str, str]]]) -> bool:
    """All its tests pass, and one of them fails both when the statement is gone and when it is broken."""
    as_it_is, without, broken = (outcomes[mode].get(statement, {}) for mode in MODES)
    return (
        bool(as_it_is)
        and all(outcome == "passed" for outcome in as_it_is.values())
        and any(without.get(test) == "failed" and broken.get(test) == "failed" for test in as_it_is)
    )


def why_not(statement: str, outcomes: dict[str, dict[str, dict[str, str]]]) -> str:
    as_it_is, without, broken = (outcomes[mode].get(statement, {}) for mode in MODES)
    if any(outcome != "passed" for outcome in as_it_is.values()):
        return "its tests do not pass"
    if "failed" not in without.values():
        return "its tests pass without the clauses that carry it out"
    if "failed" not in broken.values():
        return "its tests pass when it is broken, or nothing breaks it"
    return "no one test fails both ways"


def every_statement() -> list[str]:
    return list(YAML(typ="safe").load((ROOT / "definitions/statements.yaml").read_text())["statements"])


def explained_statements() -> set[str]:
    """The statements that clauses carry out by `explain` alone."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in (ROOT / "definitions/services").glob("*.yaml"):
        for clause in YAML(typ="safe").load(file.read_text(encoding="utf-8"))["clauses"]:
            for statement in clause.get("source", ()):
                found[statement] |= set(clause["means"])
    return {statement for statement, kinds in found.items() if kinds == {"explain"}}


if __name__ == "__main__":
    sys.exit(main())
