"""The machine that the figures are of, and which of its cores does what."""

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import psutil


class Conditions(msgspec.Struct, frozen=True):
    """What a figure means nothing without. `busy_percent` is what others did just before."""

    cores: int
    cpu: str
    system: str
    python: str
    busy_percent: float
    load: tuple[float, float, float]


def conditions() -> Conditions:
    """As they are now."""
    return Conditions(
        cores=os.cpu_count() or 1,
        cpu=cpu_model(),
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        busy_percent=psutil.cpu_percent(interval=2),
        load=os.getloadavg(),
    )


def cpu_model() -> str:
    """Its name, where the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def shared_out() -> tuple[set[int], set[int]]:
    """The cores of the servers and of the load: the first, and the others. One core serves both."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]
    return set(cores[:1]), set(cores[1:] or cores)


@contextmanager
def on(cores: set[int]) -> Iterator[None]:
    """We, and whatever is started in the block, run on these; where the system does not let us choose, on any."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
