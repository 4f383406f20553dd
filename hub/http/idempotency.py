"""Idempotency keys: a POST that is sent again with its key gets the first answer again, and nothing happens twice."""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import msgspec

from hub.errors import Conflict, Invalid, Unprocessable
from hub.http.endpoint import Call, Endpoint
from hub.store.indexes import Index
from hub.store.mongo import Document, Duplicate

COLLECTION = "idempotency"
INDEXES = (Index(COLLECTION, (("expires_at", 1),), expire_after=timedelta(0)), Index(COLLECTION, (("account", 1),)))
PLACE = f"{COLLECTION}.answer"
HEADER = "idempotency-key"
MOST_LETTERS = 200
KEPT_FOR = timedelta(hours=24)
# A request that has not ended by then died with its process: its key may be taken over.
BEGUN_FOR = timedelta(seconds=60)

Answer = tuple[int, bytes]


class KeyReused(Unprocessable):
    """The key was used with another request."""

    code = "idempotency_key_reused"


class InProgress(Conflict):
    """The same request is being carried out right now."""

    code = "in_progress"


async def once(endpoint: Endpoint, call: Call[Any, Any], perform: Callable[[], Awaitable[Answer]]) -> Answer:
    """Perform, or repeat what the same request was answered before."""
    key = call.request.headers.get(HEADER)
    if not endpoint.creates or key is None:
        return await perform()
    if not 1 <= len(key) <= MOST_LETTERS:
        raise Invalid(f"An Idempotency-Key has 1 to {MOST_LETTERS} letters.")
    # The time of the beginning makes the key ours: whoever is slower than BEGUN_FOR must not touch a successor's.
    ours = {"_id": _id(endpoint, call, key), "begun_at": call.deps.clock.now()}
    earlier = await _begin(call, ours)
    if earlier is not None:
        return earlier
    try:
        answer = await perform()
    except BaseException:
        await call.deps.mongo[COLLECTION].delete(ours)
        raise
    await _keep(call, ours, answer)
    return answer


async def _begin(call: Call[Any, Any], ours: Document) -> Answer | None:
    begun = {**ours, "fingerprint": _fingerprint(call), "expires_at": ours["begun_at"] + KEPT_FOR}
    try:
        await call.deps.mongo[COLLECTION].insert({**begun, "account": call.caller.scope})
    except Duplicate:
        return await _look(call, begun)
    return None


async def _look(call: Call[Any, Any], begun: Document) -> Answer | None:
    deps = call.deps
    stored = await deps.mongo[COLLECTION].find_one({"_id": begun["_id"]})
    if stored is None:
        raise InProgress("The same request has just ended; send it again.", retry_after_s=1)
    if stored["fingerprint"] != begun["fingerprint"]:
        raise KeyReused("This Idempotency-Key was used with another request; make a new one for each.")
    if "answer" in stored:
        content = await deps.sealer.unseal(call.caller.scope, PLACE, stored["answer"])
        return stored["status"], content
    change = {"$set": {name: begun[name] for name in ("begun_at", "expires_at")}}
    taken = stored["begun_at"] <= begun["begun_at"] - BEGUN_FOR and await deps.mongo[COLLECTION].update(
        {"_id": begun["_id"], "begun_at": stored["begun_at"]}, change
    )
    if not taken:
        raise InProgress("The same request is being carried out.", retry_after_s=1)
    return None


async def _keep(call: Call[Any, Any], ours: Document, answer: Answer) -> None:
    status, content = answer
    sealed = (await call.deps.sealer.keyring(call.caller.scope)).seal(PLACE, content)
    await call.deps.mongo[COLLECTION].update(ours, {"$set": {"status": status, "answer": sealed}})


def _id(endpoint: Endpoint, call: Call[Any, Any], key: str) -> str:
    return _hash(call.caller.scope, call.caller.kind, call.caller.id, endpoint.id, key)


def _fingerprint(call: Call[Any, Any]) -> str:
    body = msgspec.json.encode(call.body).decode()
    return _hash(call.request.url.path, call.request.url.query, body)


def _hash(*parts: str) -> str:
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
