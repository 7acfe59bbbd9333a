"""Loaded before anything else of a run (`-p tests.early`): a home of the run's own, so that no test meets yours."""

import os

from tests import clusters

HOME = clusters.begin() / "program"
HOME.mkdir(exist_ok=True, mode=0o700)
os.environ["KEPT_HOME"] = str(HOME)


def pytest_unconfigure() -> None:
    clusters.end()
