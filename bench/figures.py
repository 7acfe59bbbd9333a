"""What was measured, as one flat object, and the same as a table for people."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles

from bench.driving import Driven

Figures = dict[str, float]
RESULTS = Path(__file__).with_name("results.json")
# To reach, on two cores with the database beside the program; a decision, on one.
TARGETS: Mapping[str, str] = {
    "whole_record_16_per_second": "300 or more",
    "whole_record_16_p95_ms": "80 or less",
    "row_level_security_ratio": "1.08 or less",
    "decisions_per_second": "200000 or more",
    "definitions_load_seconds": "1 or less",
    "search_2000000_p95_ms": "30 or less",
}
PEERS = (
    "Beside it, on such a machine, 16 at once: a plain Django page 552 a second, Medplum 52. "
    "The first has no decision, no entry and no policies."
)


def speed(name: str, driven: Sequence[Driven]) -> Figures:
    """Pages a second (of several runs the middle one), and how long a page took (of all of them together)."""
    times = sorted(time for one in driven for time in one.times_ms)
    cut = quantiles(times, n=100, method="inclusive")
    return {
        f"{name}_per_second": round(median(one.per_second for one in driven), 1),
        f"{name}_p50_ms": round(cut[49], 2),
        f"{name}_p95_ms": round(cut[94], 2),
        f"{name}_p99_ms": round(cut[98], 2),
    }


def sized(figures: Figures, *, children: int, smallest: int) -> Figures:
    """The names of the figures for the smallest size as they are, for any other with the size behind them."""
    return (
        figures if children == smallest else {f"{name}_{children}": value for name, value in figures.items()}
    )


def grown(figures: Figures, *, children: int) -> Figures:
    """How many times as much a page costs among so many children as among the fewest."""
    return {
        f"cost_ratio_{children}": round(
            figures["whole_record_16_per_second"] / figures[f"whole_record_16_per_second_{children}"], 3
        ),
        f"buffers_ratio_{children}": round(
            figures[f"buffers_per_page_{children}"] / figures["buffers_per_page"], 3
        ),
    }


def table(figures: Figures) -> str:
    width = max(map(len, figures))
    lines = [
        f"{name:<{width}} {value:>10,.10g}" + (f"   to reach: {TARGETS[name]}" if name in TARGETS else "")
        for name, value in figures.items()
    ]
    return "\n".join([*lines, "", PEERS])


def kept(*, path: Path = RESULTS) -> Figures:
    """The figures that the file has; none where there is no file."""
    if not path.exists():
        return {}
    found: Figures = json.loads(path.read_text(encoding="utf-8"))
    return found


def keep(figures: Figures, *, path: Path = RESULTS) -> None:
    """Write the figures down; what other runs measured stays."""
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.write_text(json.dumps({**before, **figures}, indent=2) + "\n", encoding="utf-8")
