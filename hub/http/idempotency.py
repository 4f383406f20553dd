"""Idempotency keys: a POST that is sent again with its key gets the first answer again, and nothing happens twice."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple

import msgspec

from hub.errors import Conflict, HubError, Invalid, Unprocessable
from hub.http import repository
from hub.http.endpoint import Call, Endpoint
from hub.http.repository import Begun
from hub.store.mongo import Duplicate

PLACE = f"{repository.ANSWERS}.answer"
HEADER = "idempotency-key"
MOST_LETTERS = 200
KEPT_FOR = timedelta(hours=24)
# A request that has not ended by then died with its process: its key may be taken over.
BEGUN_FOR = timedelta(seconds=60)


class Answer(NamedTuple):
    """What is answered, as it can be kept."""

    status: int
    content: bytes


Perform = Callable[[Call[Any, Any]], Awaitable[Answer]]


class KeyReused(Unprocessable):
    """The key was used with another request."""

    code = "idempotency_key_reused"


class InProgress(Conflict):
    """The same request is being carried out right now."""

    code = "in_progress"


async def once(endpoint: Endpoint, call: Call[Any, Any], perform: Perform) -> Answer:
    """Perform, or repeat what the same request was answered before."""
    key = call.request.headers.get(HEADER)
    if key is None:
        return await perform(call)
    if not 1 <= len(key) <= MOST_LETTERS:
        raise Invalid(f"An Idempotency-Key has 1 to {MOST_LETTERS} letters.")
    begun = await _begin(call, _id(endpoint, call, key))
    if isinstance(begun, Answer):
        return begun
    try:
        answer = await perform(replace(call, act=replace(call.act, new_id=begun.new_id)))
    except HubError as error:
        # Only these say that nothing has happened. After anything else the key stays taken for a while, and then a
        # repeat has the same new_id, so that it meets what may have been stored.
        if error.status < HubError.status:
            await repository.forget_answer(call.deps.mongo, begun)
        raise
    sealed = (await call.deps.sealer.keyring(begun.account)).seal(PLACE, answer.content)
    await repository.keep_answer(call.deps.mongo, begun, status=answer.status, answer=sealed)
    return answer


async def _begin(call: Call[Any, Any], id: str) -> Answer | Begun:
    begun = Begun(call.caller.account, id, call.deps.clock.now(), call.act.new_id)
    fingerprint = _fingerprint(call)
    try:
        await repository.begin_answer(call.deps.mongo, begun, fingerprint, begun.at + KEPT_FOR)
    except Duplicate:
        return await _look(call, begun, fingerprint)
    return begun


async def _look(call: Call[Any, Any], begun: Begun, fingerprint: str) -> Answer | Begun:
    deps = call.deps
    stored = await repository.find_answer(deps.mongo, begun.account, begun.id)
    if stored is None:
        raise InProgress("The same request has just ended; send it again.", retry_after_s=1)
    if stored["fingerprint"] != fingerprint:
        raise KeyReused("This Idempotency-Key was used with another request; make a new one for each.")
    if "answer" in stored:
        return Answer(stored["status"], await deps.sealer.unseal(begun.account, PLACE, stored["answer"]))
    dead, heir = begun._replace(at=stored["begun_at"]), begun._replace(new_id=stored["new_id"])
    if dead.at > begun.at - BEGUN_FOR or not await repository.take_over_answer(
        deps.mongo, dead, heir, begun.at + KEPT_FOR
    ):
        raise InProgress("The same request is being carried out.", retry_after_s=1)
    return heir


def _id(endpoint: Endpoint, call: Call[Any, Any], key: str) -> str:
    # Strangers have no id: without the address one could fetch what another was answered.
    who = call.caller.id or call.act.address
    return _hash(call.caller.account, call.caller.kind, who, endpoint.id, key)


def _fingerprint(call: Call[Any, Any]) -> str:
    body = call.body if isinstance(call.body, bytes) else msgspec.json.encode(call.body)
    return _hash(call.request.url.path, call.request.url.query, hashlib.sha256(body).hexdigest())


def _hash(*parts: str) -> str:
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
