"""Traces for an OpenTelemetry collector, when a setting names one. Nothing of it is imported otherwise."""

from starlette.applications import Starlette

from hub import VERSION
from hub.settings import BadSetting, Settings


def configure(settings: Settings) -> None:
    """Before the first database client exists: the driver is watched from its making on. Statements are not recorded,
    because they hold what leads have written."""
    if not settings.otel_url:
        return
    try:
        from opentelemetry import trace
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.instrumentation.pymongo import PymongoInstrumentor
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise BadSetting(
            "PARLEY_OTEL_URL is set, and OpenTelemetry is not installed: pip install 'parley[otel]'"
        ) from error
    provider = TracerProvider(resource=Resource({"service.name": "parley", "service.version": VERSION}))
    exporter = OTLPSpanExporter(endpoint=f"{settings.otel_url.rstrip('/')}/v1/traces")
    provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    PymongoInstrumentor().instrument()


def watch(app: Starlette, settings: Settings) -> None:
    """A span for each request."""
    if settings.otel_url:
        from opentelemetry.instrumentation.starlette import StarletteInstrumentor

        StarletteInstrumentor.instrument_app(app)
