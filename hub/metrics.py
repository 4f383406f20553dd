"""What is counted and measured, for Prometheus. A registry of each process's own, handed around with the rest."""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)
from prometheus_client.exposition import generate_latest

from hub.store.mongo import CommandListener, CommandStartedEvent

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The numbers of one process."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=registry)
        self.requests = Histogram(
            "parley_request_seconds", "Requests answered", ["route", "status"], buckets=SECONDS, registry=registry
        )
        self.work_lag_s = Histogram(
            "parley_work_lag_seconds", "From due to begun", ["kind"], buckets=SECONDS, registry=registry
        )
        self.work_done = Counter("parley_work", "Due work, by how it went", ["kind", "outcome"], registry=registry)
        self.sockets = Gauge("parley_sockets", "Sockets that are open", registry=registry)
        self.events = Counter("parley_events", "Events published, by name", ["name"], registry=registry)
        self.commands = Counter("parley_database_commands", "Commands sent to MongoDB", ["name"], registry=registry)
        self.listener = CommandCounter(self.commands)

    def render(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self.registry)


class CommandCounter(CommandListener):
    """Counts what the driver sends; the tests that fix a route's number of queries read it too."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def started(self, event: CommandStartedEvent) -> None:
        """One command leaves."""
        self._counter.labels(event.command_name).inc()

    def succeeded(self, event: object) -> None:
        """Of no interest."""

    def failed(self, event: object) -> None:
        """Of no interest."""
