"""The harness: ours and a reference in turn (A B B A), so that whatever else the machine does weighs on both alike."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from statistics import mean, median

import msgspec

from hub.children import Report

ROUNDS = 5

# Names carry their units.
Figures = dict[str, float]
Measure = Callable[[], Awaitable[Figures]]


class Bar(msgspec.Struct, frozen=True):
    """What docs/performance.md promises of one figure: at most so much, or so many times the reference."""

    name: str
    figure: str
    most: float
    is_ratio: bool = False

    @property
    def words(self) -> str:
        """How much, for people."""
        return f"{self.most:g}{' times' * self.is_ratio}"


@dataclass(frozen=True, kw_only=True)
class Measures:
    """What can be measured, again and again: two sides with figures of the same names, each a cost, so less is better;
    and what is measured once, for its own sake."""

    ours: Measure
    reference: Measure
    once: Measure


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """One benchmark: `opened` starts what it needs, for the length of the block."""

    name: str
    title: str
    reference: str
    bars: Sequence[Bar]
    opened: Callable[[Report], AbstractAsyncContextManager[Measures]]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One figure over all rounds. What has no reference was measured once."""

    figure: str
    median: float
    worst: float | None = None
    reference: float | None = None
    ratio: float | None = None
    ratio_worst: float | None = None
    bar: Bar | None = None

    @property
    def passes(self) -> bool:
        """Whether the median is within the bar; nothing to miss is a pass."""
        if self.bar is None:
            return True
        value = self.ratio if self.bar.is_ratio else self.median
        return value is not None and value <= self.bar.most


async def run(benchmark: Benchmark, rounds: int, report: Report) -> list[Row]:
    """All rounds, and what is measured once."""
    report(f"{benchmark.name}: starting what it needs")
    async with benchmark.opened(report) as measures:
        sides = []
        for number in range(1, rounds + 1):
            ours, reference = await one_round(measures)
            sides.append((ours, reference))
            report(f"{benchmark.name}: round {number} of {rounds}: {in_words(ours)} · reference {in_words(reference)}")
        report(f"{benchmark.name}: what is measured once")
        once = await measures.once()
    bars = {bar.figure: bar for bar in benchmark.bars}
    paired = [row_of(figure, sides, bars.get(figure)) for figure in sides[0][0]]
    return paired + [Row(figure=name, median=it, bar=bars.get(name)) for name, it in once.items()]


async def one_round(measures: Measures) -> tuple[Figures, Figures]:
    """A B B A: what grows or shrinks steadily while we measure cancels out."""
    a, b = await measures.ours(), await measures.reference()
    c, d = await measures.reference(), await measures.ours()
    return mean_of(a, d), mean_of(b, c)


def mean_of(one: Figures, other: Figures) -> Figures:
    """Figure by figure."""
    return {name: mean((one[name], other[name])) for name in one}


def row_of(figure: str, sides: Sequence[tuple[Figures, Figures]], bar: Bar | None) -> Row:
    """One figure, from all rounds."""
    ours = [our[figure] for our, _ in sides]
    # What costs the reference nothing that can be measured is compared with nothing.
    ratios = [our[figure] / their[figure] for our, their in sides if their[figure]]
    return Row(
        figure=figure,
        median=median(ours),
        worst=max(ours),
        reference=median(their[figure] for _, their in sides),
        ratio=median(ratios) if ratios else None,
        ratio_worst=max(ratios, default=None),
        bar=bar,
    )


def in_words(figures: Figures) -> str:
    """For a progress line."""
    return ", ".join(f"{name} {value:.3g}" for name, value in figures.items())
