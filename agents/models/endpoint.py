"""The endpoint of a model, and asking it by OpenAI's own client. That takes a second to import: it is done in a thread,
and only once somebody asks a model."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agents.models.failing import Fault, ModelFailed

if TYPE_CHECKING:
    from openai import APIStatusError, AsyncOpenAI

# The guarded client of whoever asks; nothing here opens connections of its own.
HttpClient = Any
# The client refuses to start without a key; a server of one's own may want none.
NO_KEY = "none"
LONGEST_WAIT, LONGEST_NUMBER = timedelta(days=1), 9
# By the HTTP status, where it alone says enough.
BY_STATUS = {401: Fault.KEY, 402: Fault.CREDIT, 403: Fault.KEY, 404: Fault.MODEL, 413: Fault.TOO_LARGE}
OF_THE_REQUEST = frozenset({400, 415, 422})
NO_CREDIT = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"})
NO_MODEL = frozenset({"model_not_found", "invalid_model"})


@dataclass(frozen=True)
class Endpoint:
    """Where a model is, and how to get in."""

    url: str
    key: str
    model: str


@contextlib.asynccontextmanager
async def asking(client: HttpClient, endpoint: Endpoint, *, timeout_s: float) -> AsyncIterator[AsyncOpenAI]:
    """OpenAI's client for one request of so long at most. Whatever goes wrong is a ModelFailed."""
    openai = await asyncio.to_thread(load)
    sdk = openai.AsyncOpenAI(
        base_url=endpoint.url, api_key=endpoint.key or NO_KEY, http_client=client, max_retries=0, timeout=timeout_s
    )
    # It would take these from the environment, and send them whoever's key it is; the headers (of
    # OPENAI_CUSTOM_HEADERS) can be left out in no other way.
    sdk.organization = sdk.project = None
    sdk._custom_headers = {}
    try:
        async with asyncio.timeout(timeout_s):
            yield sdk
    except openai.APIStatusError as error:
        raise failure_of(error) from error
    except (openai.APIConnectionError, TimeoutError) as error:
        raise ModelFailed(Fault.AWAY) from error
    except (openai.OpenAIError, ValueError) as error:
        raise ModelFailed(Fault.BROKEN) from error


def load() -> Any:
    """OpenAI's client, imported."""
    import openai

    return openai


def failure_of(error: APIStatusError) -> ModelFailed:
    """What a no of the endpoint means. OpenAI's guide "Error codes" has them; others say less."""
    status, code = error.status_code, error.code or ""
    if code in NO_CREDIT:
        return ModelFailed(Fault.CREDIT)
    if code in NO_MODEL or (status in OF_THE_REQUEST and error.param == "model"):
        return ModelFailed(Fault.MODEL)
    if status == 429:
        return ModelFailed(Fault.BUSY, wait_of(error.response.headers.get("retry-after", "")))
    if status in OF_THE_REQUEST:
        return ModelFailed(Fault.UNREADABLE)
    return ModelFailed(BY_STATUS.get(status, Fault.BROKEN))


def wait_of(said: str) -> timedelta | None:
    """A `Retry-After` in seconds. A date says nothing without the endpoint's clock; none of this kind sends one."""
    is_number = said.isascii() and said.isdigit() and len(said) < LONGEST_NUMBER
    return min(timedelta(seconds=int(said)), LONGEST_WAIT) if is_number else None
