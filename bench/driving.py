"""Asking for pages as browsers do, so many at once, and timing each answer.

One thread over a few sockets, so that the asking takes little of the machine that answers; what share it took
is part of what is measured. A connection is used again where the server lets it be.
"""

import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass

PATIENCE_SECONDS = 30.0
A_READ_BYTES = 1 << 16


class WrongAnswer(Exception):
    """The server answered something else than was asked for: what is timed must be what is wanted."""


@dataclass(frozen=True, slots=True)
class Question:
    """One request as it goes over the wire, and what its answer must begin with and hold."""

    request: bytes
    status: bytes
    holds: bytes


@dataclass(frozen=True, slots=True)
class Driven:
    """How long each answer took, in milliseconds, and how long the whole of it, and its asking alone, in seconds."""

    times_ms: tuple[float, ...]
    seconds: float
    own_cpu_seconds: float

    @property
    def per_second(self) -> float:
        return len(self.times_ms) / self.seconds


def drive(
    *, port: int, questions: Iterator[Question], at_once: int, seconds: float, most: int = 200_000
) -> Driven:
    """Put the questions, `at_once` of them under way at any time, until the time is over; never more than `most`.

    Raises WrongAnswer at the first answer that is not the one asked for, or when none comes.
    """
    times_ms: list[float] = []
    cpu_from, began = time.process_time(), time.perf_counter()
    until = began + seconds
    with selectors.DefaultSelector() as selector:
        for _ in range(at_once):
            _Line(port, selector).ask(next(questions))
        while selector.get_map():
            ready = selector.select(PATIENCE_SECONDS)
            if not ready:
                raise WrongAnswer(f"The server answered nothing for {PATIENCE_SECONDS:.0f} seconds.")
            for key, _ in ready:
                line: _Line = key.data
                if (took := line.read()) is None:
                    continue
                times_ms.append(took * 1000)
                if time.perf_counter() < until and len(times_ms) + at_once <= most:
                    line.ask(next(questions))
                else:
                    line.hang_up()
        ended = time.perf_counter()
    return Driven(tuple(times_ms), ended - began, time.process_time() - cpu_from)


class _Line:
    """One connection: what was asked over it, and what has come back so far."""

    def __init__(self, port: int, selector: selectors.BaseSelector) -> None:
        self._address, self._selector = ("127.0.0.1", port), selector
        self._socket: socket.socket | None = None

    def ask(self, question: Question) -> None:
        self._question, self._answer, self._length = question, bytearray(), -1
        self._asked_at = time.perf_counter()
        if self._socket is None:
            self._socket = socket.create_connection(self._address, timeout=PATIENCE_SECONDS)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._selector.register(self._socket, selectors.EVENT_READ, self)
        self._socket.sendall(question.request)

    def read(self) -> float | None:
        """How many seconds the answer took, once all of it is there; None before."""
        assert self._socket is not None
        part = self._socket.recv(A_READ_BYTES)
        self._answer += part
        if self._length < 0:
            self._length = _length_of(self._answer)
        if part and (self._length < 0 or len(self._answer) < self._length):
            return None
        took = time.perf_counter() - self._asked_at
        head, _, body = bytes(self._answer).partition(b"\r\n\r\n")
        self._check(head, body)
        if not part or b"connection: close" in head.lower():
            self.hang_up()
        return took

    def hang_up(self) -> None:
        if self._socket is not None:
            self._selector.unregister(self._socket)
            self._socket.close()
            self._socket = None

    def _check(self, head: bytes, body: bytes) -> None:
        whole = len(head) + 4 + len(body) == self._length
        expected = self._question.holds in (body or head)
        if not (whole and expected and head.startswith(b"HTTP/1.1 " + self._question.status)):
            raise WrongAnswer(
                f"The answer is not {self._question.status.decode()} with {self._question.holds.decode()!r} in it, but:"
                f"\n{head.decode(errors='replace')}\n\n{body[:2000].decode(errors='replace')}"
            )


def _length_of(answer: bytes | bytearray) -> int:
    """How many bytes the whole answer has, as its head says; -1 until all of the head is there."""
    end = answer.find(b"\r\n\r\n")
    if end < 0:
        return -1
    for line in bytes(answer[:end]).split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return end + 4 + int(value)
    return end + 4
