"""python -m bench [--children 10000 --children 100000] [--seconds 10]
python -m bench --people 2000000
python -m bench --messages 1500
python -m bench --entries 1000000

Loads invented families into a server of its own, serves the pages as `kept serve` does, asks for whole records and
records contacts, one and sixteen at a time; then puts questions to the definition alone, and the same to others.
With --people it only searches among so many; with --messages it only takes so many messages in;
with --entries it only seals and verifies so many. Prints the figures
and keeps them in bench/results.json.
"""

import argparse
import sys
from pathlib import Path

from bench import figures
from bench.driving import WrongAnswer
from bench.place import place

SIZES = [10_000, 100_000]


def main() -> int:
    wanted = _wanted()
    try:
        with place() as home:
            from bench.deciding import decided
            from bench.measuring import measured
            from bench.sealing import sealed
            from bench.searching import searched
            from bench.serving import NotServed
            from bench.taking_in import taken_in

            try:
                if wanted.messages:
                    return _say(taken_in(home, messages=wanted.messages), wanted, beside=True)
                if wanted.entries:
                    return _say(sealed(home, many=wanted.entries), wanted, beside=True)
                if wanted.people:
                    return _say(
                        searched(home, many=wanted.people, seconds=wanted.seconds), wanted, beside=True
                    )
                found = measured(home, sizes=sorted(set(wanted.children or SIZES)), seconds=wanted.seconds)
                found |= decided(seconds=wanted.seconds / 5)
            except (NotServed, WrongAnswer) as wrong:
                sys.stderr.write(f"{wrong}\n")
                return 1
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. Nothing was kept; the server of the bench is gone.\n")
        return 130
    return _say(found, wanted)


def _say(found: figures.Figures, wanted: argparse.Namespace, *, beside: bool = False) -> int:
    """Print the figures and keep them; `beside` those that the file has."""
    sys.stdout.write(f"\n{figures.table(found)}\n")
    kept = figures.kept(path=wanted.results) if beside else {}
    figures.keep(kept | found, path=wanted.results)
    return 0


def _wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure what Kept costs.")
    parser.add_argument(
        "--children",
        type=_many,
        action="append",
        help="how many children the record holds; may be given several times (default: 10000 and 100000)",
    )
    parser.add_argument(
        "--people",
        type=_some,
        help="search among so many people, and measure nothing else; the other figures of the file stay",
    )
    parser.add_argument(
        "--messages",
        type=_hundreds,
        help="take in so many messages, and measure nothing else; the other figures of the file stay",
    )
    parser.add_argument(
        "--entries",
        type=_millions,
        help="seal and verify so many entries, and measure nothing else; the other figures of the file stay",
    )
    parser.add_argument(
        "--seconds", type=float, default=10.0, help="how long each figure is measured (default: 10)"
    )
    parser.add_argument(
        "--results",
        type=Path,
        default=figures.RESULTS,
        help="the file that keeps the figures (default: %(default)s)",
    )
    return parser.parse_args()


def _many(said: str) -> int:
    """Children: past 400,000 or so there are no NHS numbers left that nobody has, and families come without."""
    try:
        many = int(said)
    except ValueError:
        many = 0
    if not 1 <= many <= 1_000_000:
        raise argparse.ArgumentTypeError("give a number of children from 1 to 1000000")
    return many


def _some(said: str) -> int:
    """People to search among: so many that a team is small among them."""
    try:
        some = int(said)
    except ValueError:
        some = 0
    if not 20_000 <= some <= 4_000_000:
        raise argparse.ArgumentTypeError("give a number of people from 20000 to 4000000")
    return some


def _millions(said: str) -> int:
    """Entries: so many that a window is small among them."""
    try:
        many = int(said)
    except ValueError:
        many = 0
    if not 50_000 <= many <= 100_000_000:
        raise argparse.ArgumentTypeError("give a number of entries from 50000 to 100000000")
    return many


def _hundreds(said: str) -> int:
    """Messages: enough for a figure, and no more than a quiet quarter of an hour brings in."""
    try:
        many = int(said)
    except ValueError:
        many = 0
    if not 100 <= many <= 100_000:
        raise argparse.ArgumentTypeError("give a number of messages from 100 to 100000")
    return many


if __name__ == "__main__":
    sys.exit(main())
