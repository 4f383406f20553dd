"""Walking a log from its beginning: the first thing that is not as it was written is told."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

import msgspec
from bson.binary import Binary

from hub.audit import chain, repository
from hub.audit.chain import Head
from hub.audit.log import PLACE
from hub.deps import Deps
from hub.store.mongo import Document
from hub.store.sealed import SUBTYPE, Keyring, Unreadable

Progress = Callable[[str, int, int], None]


class State(StrEnum):
    """What a walk has found. Where keys were erased, the order of the entries can be checked and nothing else."""

    UNBROKEN = "unbroken"
    ERASED = "erased"
    BROKEN = "broken"


class Noted(NamedTuple):
    """A head that somebody has noted earlier, outside of Parley; of its hash perhaps only the beginning."""

    seq: int
    hash: str


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """How it is with one log: how many entries are as they were written, the head behind them, and the first thing that
    is otherwise. `erased` says how many entries at the beginning have lost their keys."""

    account: str
    state: State
    entries: int
    head: str
    erased: int
    problem: str


class Break(Exception):
    """Something is not as it was written."""


class Keys(NamedTuple):
    """What entries are checked with, and from which number on; the keys of those before were erased."""

    keyring: Keyring | None
    since: int


async def verify(
    deps: Deps, account: str, *, noted: Noted | None = None, progress: Progress = lambda *_: None
) -> Verdict:
    """Walk the log of one account; others may go on to write in it."""
    # The head first: what is written from now on lies beyond it.
    head = await repository.find_head(deps.mongo, account)
    walk, problem = Walk(deps, account, head, await keys_of(deps, account, head), noted), ""
    try:
        async for part in repository.each_span(deps.mongo, account):
            for entry in part:
                await walk.step(entry)
            progress(account, walk.seq, head.seq if head else walk.seq)
        await walk.end()
    except Break as found:
        problem = str(found)
    return walk.verdict(problem)


async def accounts(deps: Deps) -> list[str]:
    """Whoever has a log, or should have one."""
    return sorted({name async for name in repository.each_account(deps.mongo) if isinstance(name, str)})


async def keys_of(deps: Deps, account: str, head: Head | None) -> Keys:
    """To ask for the keyring of an account without keys would make one."""
    behind_head = head.seq + 1 if head else 1
    if not await deps.sealer.has_keys(account):
        return Keys(None, behind_head)
    keyring = await deps.sealer.keyring(account)
    if head is None or head.keys == chain.mark_of(keyring):
        return Keys(keyring, head.since if head else 1)
    return Keys(keyring, behind_head)


class Walk:
    """One way along a log, from entry to entry. Raises Break at the first that does not fit."""

    def __init__(self, deps: Deps, account: str, head: Head | None, keys: Keys, noted: Noted | None) -> None:
        self._deps = deps
        self._account = account
        self._head = head
        self._keys = keys
        self._noted = noted
        self.seq, self._hash = 0, b""

    async def step(self, entry: Document) -> None:
        """The next entry, which must be the next."""
        seq, hash = entry["seq"], entry.get("hash")
        if not isinstance(seq, int):
            raise Break(no_number(seq))
        if seq != self.seq + 1:
            raise Break(missing(self.seq + 1, seq - 1))
        if seq >= self._keys.since:
            await self._check_words(entry)
        if not isinstance(hash, bytes) or entry.get("previous") != self._hash:
            raise Break(f"entry {seq} does not follow from the one before it")
        if self._head and self._head.seq == seq and self._head.hash != hash:
            raise Break(f"entry {seq} is not the one with which the log once ended")
        if self._noted and self._noted.seq == seq and not hash.hex().startswith(self._noted.hash):
            raise Break(f"entry {seq} is not the one that was noted")
        self.seq, self._hash = seq, hash

    async def end(self) -> None:
        """No more entries: there must not have been more, nor any beside the way."""
        beyond = await repository.find_next(self._deps.mongo, self._account, self.seq + 1)
        # The very next was written since we looked.
        if beyond and beyond["seq"] != self.seq + 1:
            raise Break(missing(self.seq + 1, beyond["seq"] - 1))
        head = self._head or await repository.find_head(self._deps.mongo, self._account)
        # Whoever wrote the first entry may have died before the head.
        if head is None and self.seq > 1:
            raise Break("the record of where the log ended is gone")
        if head and head.seq > self.seq and not beyond:
            raise Break(f"the log ends at {self.seq}, and was at {head.seq}: its end was cut off")
        if self._noted and self._noted.seq > self.seq and not beyond:
            raise Break(f"the log ends at {self.seq}, and was noted at {self._noted.seq}: its end was cut off")
        if stray := await repository.find_stray(self._deps.mongo, self._account):
            raise Break(no_number(stray.get("seq")))

    async def _check_words(self, entry: Document) -> None:
        seq, detail, keyring = entry["seq"], entry.get("detail"), self._keys.keyring
        is_sealed = isinstance(detail, Binary) and detail.subtype == SUBTYPE
        if keyring is None or not is_sealed:
            raise Break(self._not_as_written(seq))
        try:
            plain = await self._deps.sealer.unseal(self._account, PLACE, entry["detail"])
        except Unreadable:
            raise Break(f"the sealed part of entry {seq} does not open") from None
        if chain.hash_of(entry, keyring, plain) != entry.get("hash"):
            raise Break(self._not_as_written(seq))

    def _not_as_written(self, seq: int) -> str:
        is_beyond = self._head is None or seq > self._head.seq
        return f"entry {seq} was not written by Parley" if is_beyond else f"entry {seq} was changed"

    def verdict(self, problem: str) -> Verdict:
        """What there is to say after the walk."""
        erased = min(self.seq, self._keys.since - 1)
        return Verdict(
            account=self._account,
            state=State.BROKEN if problem else State.ERASED if erased else State.UNBROKEN,
            entries=self.seq,
            head=f"{self.seq}:{self._hash.hex()}" if self.seq else "",
            erased=erased,
            problem=problem,
        )


def missing(first: int, last: int) -> str:
    """Numbers that nobody has."""
    return f"entry {first} is missing" if first == last else f"entries {first} to {last} are missing"


def no_number(seq: object) -> str:
    """An entry that no walk would meet, or none could write."""
    return f"there is an entry with the number {seq!r}, which none can have"
