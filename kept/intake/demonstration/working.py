"""Working on several things at once, with never more than a few in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from threading import Barrier
from typing import TypeVar

from django.db import connections

AT_ONCE, WAITING = 2, 2
Thing = TypeVar("Thing")


def work_through(
    things: Iterable[Thing], *, work: Callable[[Thing], None], done: Callable[[Thing], None]
) -> None:
    """Do `work` on each thing, in threads with connections of their own; `done` hears of each that is done.

    The first error ends it, once what is being worked on is finished.
    """
    with ThreadPoolExecutor(AT_ONCE) as pool:
        working: dict[Future[None], Thing] = {}
        try:
            for thing in things:
                working[pool.submit(work, thing)] = thing
                if len(working) == AT_ONCE + WAITING:
                    _finish_one(working, done)
            while working:
                _finish_one(working, done)
        finally:
            for waiting in working:
                waiting.cancel()
            _let_go(pool)


def _finish_one(working: dict[Future[None], Thing], done: Callable[[Thing], None]) -> None:
    """Wait until at least one is done."""
    finished, _ = wait(working, return_when=FIRST_COMPLETED)
    for one in finished:
        one.result()
        done(working.pop(one))


def _let_go(pool: ThreadPoolExecutor) -> None:
    """Close the connections of every thread: each waits for the others, so that none does it twice."""
    all_here = Barrier(AT_ONCE)

    def close() -> None:
        all_here.wait()
        connections.close_all()

    for _ in range(AT_ONCE):
        pool.submit(close)
