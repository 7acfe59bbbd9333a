"""Whether a test really proves a statement of a published notice: it must fail without it, and when it is broken.

    @pytest.mark.proves("hv-3.08", breaks=save_any_date)

`make prove` runs every test marked so three times: as it is (it passes); with each clause that carries out the
statement taken out of the definitions (it fails); and with `breaks`, which makes the statement's own failure happen
by replacing a function, a constraint or a policy (it fails). A statement counts as proven only if all of its tests
pass, and at least one of them fails both times.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

MODES = ("as-it-is", "without", "broken")
Break = Callable[[pytest.MonkeyPatch], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("proving", "proving the statements of the notices")
    group.addoption(
        "--prove", choices=MODES, help="run only marked tests, once for each statement they prove"
    )
    group.addoption("--prove-to", help="write what became of each statement to this file, a line a test")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """In proving, a test runs once for each statement that it is marked with."""
    if metafunc.config.getoption("--prove"):
        marks = list(metafunc.definition.iter_markers("proves"))
        metafunc.fixturenames.append("proven")
        metafunc.parametrize("proven", marks, ids=[mark.args[0] for mark in marks], indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--prove"):
        items[:] = [item for item in items if item.get_closest_marker("proves")]
        for item in items:
            # What a hook adds while tests are generated, pytest may take out again with other parameters; and the
            # statement is taken out last, so that the cast is at work under the whole notice.
            names = item.fixturenames  # type: ignore[attr-defined]
            if "proven" not in names:
                names.append("proven")


@pytest.fixture
def proven(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take the statement away, or break it, before the test begins."""
    from tests import cast

    statement: str = request.param.args[0]
    mode = request.config.getoption("--prove")
    request.node.user_properties.append(("statement", statement))
    breaks: Break | None = request.param.kwargs.get("breaks")
    with pytest.MonkeyPatch.context() as patch:
        if mode == "without":
            patch.setattr(cast, "without", statement)
        if "database" in request.fixturenames:
            request.getfixturevalue("database")
            if mode == "without":
                cast.publish_again()
        if mode == "broken":
            if breaks is None:
                pytest.skip("nothing says how to break it")
            breaks(patch)
        yield


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    to = _to.get("file")
    statement = dict(report.user_properties).get("statement")
    if to and statement and (report.when == "call" or report.outcome == "failed"):
        # What goes wrong before a test begins, or after it, proves nothing.
        outcome = report.outcome if report.when == "call" else "error"
        line = {"statement": statement, "test": report.nodeid, "outcome": outcome}
        with Path(to).open("a") as out:
            out.write(json.dumps(line) + "\n")


_to: dict[str, str] = {}


def pytest_configure(config: pytest.Config) -> None:
    if to := config.getoption("--prove-to"):
        _to["file"] = to


def without_statement(text: str, statement: str) -> str:
    """A service's file without the clauses that carry out a statement."""
    head, *clauses = re.split(r"(?m)^(?=- id: )", text)
    cites = re.compile(rf"(?m)^  source: \[[^\]]*\b{re.escape(statement)}\b")
    return head + "".join(clause for clause in clauses if not cites.search(clause))
