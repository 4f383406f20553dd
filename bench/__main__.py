"""python -m bench [name…] [--json]"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
import uvloop

from bench import door, due_work, inbox, intake, live, live_delay, live_return, start
from bench.machine import Conditions, conditions
from bench.rounds import ROUNDS, Benchmark, Row, run
from hub.command import say

ALL = (
    door.BENCHMARK,
    due_work.BENCHMARK,
    inbox.BENCHMARK,
    intake.benchmark(),
    *live.BENCHMARKS,
    live_delay.BENCHMARK,
    live_return.BENCHMARK,
    start.BENCHMARK,
)
BENCHMARKS = {benchmark.name: benchmark for benchmark in ALL}
COLUMNS = "{:<22}{:>10}{:>10}{:>11}{:>8}{:>8}  {}"


class Report(msgspec.Struct, frozen=True):
    """All that was measured, and where."""

    at: datetime
    rounds: int
    before: Conditions
    after: Conditions
    figures: dict[str, list[Row]]


async def measure(benchmarks: Sequence[Benchmark], rounds: int) -> Report:
    """One benchmark after the other."""
    before = conditions()
    figures = {benchmark.name: await run(benchmark, rounds, say) for benchmark in benchmarks}
    return Report(datetime.now(UTC), rounds, before, conditions(), figures)


def show(report: Report) -> str:
    """For people."""
    machine = report.before
    lines = [
        f"{machine.cores} cores ({machine.cpu}), {machine.system}, Python {machine.python}, {report.at:%Y-%m-%d}",
        f"{report.rounds} rounds of ours, reference, reference, ours; other programs used {machine.busy_percent:.0f} % "
        f"of the machine before and {report.after.busy_percent:.0f} % after",
    ]
    for name, rows in report.figures.items():
        lines += ["", *heading(BENCHMARKS[name]), *map(line, rows)]
    return "\n".join(lines)


def heading(benchmark: Benchmark) -> list[str]:
    """What the rows are about."""
    columns = COLUMNS.format("", "median", "worst", "reference", "ratio", "worst", "bar")
    return [f"{benchmark.name}: {benchmark.title}", f"  reference: {benchmark.reference}", columns]


def line(row: Row) -> str:
    """One figure."""
    verdict = f"{row.bar.name} ≤ {row.bar.words}: {'pass' if row.passes else 'MISS'}" if row.bar else ""
    numbers = [row.median, row.worst, row.reference, row.ratio, row.ratio_worst]
    return COLUMNS.format(row.figure, *map(short, numbers), verdict).rstrip()


def short(number: float | None) -> str:
    """Three digits say enough."""
    return "" if number is None else f"{number:.0f}" if number >= 100 else f"{number:.3g}"


def parser() -> argparse.ArgumentParser:
    """What can be asked."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure what docs/performance.md reports.")
    parser.add_argument(
        "names", nargs="*", metavar="name", help=f"which: {', '.join(BENCHMARKS)}; all when none is named"
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON, for programs")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how many rounds ({ROUNDS})")
    parser.add_argument(
        "--messages", type=int, default=intake.MESSAGES, help=f"how many messages intake ends with ({intake.MESSAGES})"
    )
    return parser


def main() -> None:
    """Measure and tell; a missed bar is told and is no failure."""
    asked = parser()
    args = asked.parse_args()
    if unknown := set(args.names) - BENCHMARKS.keys():
        asked.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    known = BENCHMARKS | {"intake": intake.benchmark(args.messages)}
    report = uvloop.run(measure([known[name] for name in args.names or known], args.rounds))
    sys.stdout.write((msgspec.json.encode(report).decode() if args.json else show(report)) + "\n")


if __name__ == "__main__":
    main()
