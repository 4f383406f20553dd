"""What is done for the sockets of a namespace: who comes in, what they hear, and what is done around every question, in
this order: how much, what, may they. The answer to each is `{"ok": …}` or `{"error": …}`, as over HTTP."""

import math
import time
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import structlog
from starlette.requests import HTTPConnection

from hub.access import check_permission
from hub.act import Act
from hub.audiences import Audience, Namespace, of_member
from hub.deps import Deps
from hub.errors import Forbidden, HubError, Invalid, TooMany, Unauthenticated, render
from hub.gateway import Gateway
from hub.http.address import client_address, neighbourhood
from hub.http.reading import MOST_OF_AGENT
from hub.limits import Bucket, Rate
from hub.sockets.ask import Ask, Question
from hub.sockets.budget import ACCOUNT_PER_S, CALLER_PER_S, MOST_OF_ACCOUNT, MOST_OF_CALLER, Budgets, take_of_all
from hub.sockets.connection import Connection
from hub.sockets.door import HeldSocket
from hub.sockets.engine import Code
from hub.sockets.errors import NoSuchAsk
from hub.sockets.events import StandingChanged
from hub.sockets.guest import Guests
from hub.sockets.places import Places
from hub.sockets.standing import Change, mates_of
from hub.store.ids import new_id

log = structlog.get_logger()

# How often one address, and one member, may come.
COME_RATE, MEMBER_RATE = Rate(600), Rate(120)
# Whoever goes on asking on an empty budget is let go of.
OVERDRAWN = 50


class Doorkeeper:
    """Keeps the door of one namespace."""

    def __init__(self, deps: Deps, gateway: Gateway, guests: Guests, asks: Sequence[Ask]) -> None:
        self.namespace: Namespace = guests.namespace
        self._deps, self._gateway, self._guests = deps, gateway, guests
        self._asks: Mapping[str, Ask] = {ask.name: ask for ask in asks if ask.namespace == guests.namespace}
        self.callers = Budgets(CALLER_PER_S, MOST_OF_CALLER)
        self.accounts = Budgets(ACCOUNT_PER_S, MOST_OF_ACCOUNT)
        self.connections: dict[str, Connection] = {}
        self.places = Places()

    async def enter(self, socket: HeldSocket, auth: object) -> None:
        """Let it in, and have it hear what it may."""
        try:
            await self._let_in(socket, auth)
        except HubError:
            await self.leave(socket.id)
            raise
        except Exception as error:  # the outermost loop: what has failed here is told to nobody but the log
            log.error("socket_entering_failed", exc_info=error)
            await self.leave(socket.id)
            raise HubError("Something went wrong on our side.") from None

    async def _let_in(self, socket: HeldSocket, auth: object) -> None:
        """Origin, limits, token, then the audiences. Whoever hears something before it is let in has lost nothing."""
        arrival = HTTPConnection(socket.scope)
        address = client_address(arrival, self._deps.settings.trusted_proxies)
        token, near = token_of(auth), neighbourhood(address)
        (await self._deps.limiter.take(Bucket(f"come:{near}", COME_RATE))).check()
        caller = await self._guests.identify(self._deps, token)
        if not await self._guests.is_welcome(self._deps, caller, arrival):
            raise Forbidden("Pages of this origin may not connect.")
        (await self._deps.limiter.take(Bucket(f"come:{caller.kind}:{caller.id}", MEMBER_RATE))).check()
        connection = Connection(
            id=socket.id,
            namespace=self.namespace,
            token=token,
            caller=caller,
            address=address,
            neighbourhood=near,
            agent=arrival.headers.get("user-agent", "")[:MOST_OF_AGENT],
            enter=self._gateway.enter,
            leave=self._gateway.leave,
            end=socket.end,
            is_gone=socket.is_gone,
            mates=(await mates_of(self._deps, [caller])).get(caller.id, frozenset()),
        )
        audiences = await self._guests.audiences(self._deps, caller)
        # Nothing waits from here on: of many who come at once none is left out of the count.
        self.places.take(connection, self._guests.most_of_address)
        self.connections[socket.id] = connection
        connection.hear(audiences)
        await self._guests.came(self._deps, connection)

    async def leave(self, id: str) -> None:
        """It has gone."""
        if connection := self.connections.pop(id, None):
            connection.is_open = False
            self.places.leave(connection)
            try:
                await self._guests.went(self._deps, connection)
            except Exception as error:  # the outermost loop: whoever has gone needs no answer
                log.warning("socket_leaving_failed", exc_info=error)

    async def answer(self, id: str, name: str, arguments: tuple[object, ...]) -> msgspec.Raw:
        """What it is told, as JSON; never raises."""
        connection = self.connections.get(id)
        if connection is None:
            return failure(Unauthenticated("This connection has ended."))
        try:
            # Written here, so that an answer that cannot be is a failure like any other.
            return msgspec.Raw(msgspec.json.encode({"ok": await self._answered(connection, name, arguments)}))
        except Exception as error:  # whatever a handler raises is answered here, once
            return failure(error)

    async def _answered(self, connection: Connection, name: str, arguments: tuple[object, ...]) -> object:
        """Check everything that the declaration says, then let the handler answer."""
        ask = self._asks.get(name)
        self._charge(connection, ask.weight if ask else 1)
        if ask is None:
            raise NoSuchAsk("Nothing is known here by this name.")
        check_permission(connection.caller, ask.permission)
        question: Question[Any] = Question(act_of(self._deps, connection), read(ask, arguments), connection)
        return await ask.handler(question)

    def _charge(self, connection: Connection, weight: int) -> None:
        """What the question takes of each budget, or TooMany."""
        caller = connection.caller
        budgets = (connection.budget, self.callers.of(caller.id), self.accounts.of(caller.account))
        wait_s = take_of_all(budgets, weight)
        if not wait_s:
            connection.overdrawn = 0
            return
        connection.overdrawn += 1
        if connection.overdrawn > OVERDRAWN:
            connection.end(Code.TOO_MUCH, "too_much")
        raise TooMany("More is asked than the budget allows.", retry_after_s=math.ceil(wait_s * 10) / 10)

    async def recheck(self, asked: Sequence[Connection], changed: Mapping[str, Change], asked_s: float) -> None:
        """These were asked about at that moment; some have another standing now, by the id of their socket."""
        become = set[tuple[str, str]]()
        for connection in asked:
            change = changed.get(connection.id)
            if change and not await self._has_become(connection, change):
                continue
            connection.checked_s = asked_s
            if change and change.caller and self.namespace == StandingChanged.namespace:
                become.add((change.caller.account, change.caller.id))
        # Once to each of them, at however many screens they are.
        rev = round(self._deps.clock.now().timestamp() * 1000)
        for account, member in become:
            await self._deps.bus.publish(StandingChanged(account=account, rev=rev), [of_member(account, member)])

    async def _has_become(self, connection: Connection, change: Change) -> bool:
        """Whether it could be done: one of whom it cannot be found out what they hear keeps nobody else waiting."""
        try:
            await self._now_is(connection, change)
        except Exception as error:  # the outermost loop of this one: it is asked about in the next round again
            log.error("recheck_failed", account=connection.caller.account, exc_info=error)
            return False
        return True

    async def _now_is(self, connection: Connection, change: Change) -> None:
        """They hear what they may by now. What they have open stays so as far as they may see it."""
        caller = change.caller
        if caller is None:
            connection.end(Code.NOBODY, "signed_out")
            return
        audiences, threads = await self._guests.audiences(self._deps, caller), dict[str, set[Audience]]()
        # More may be opened while we ask.
        while unknown := connection.watched.keys() - threads.keys():
            threads |= await self._guests.thread_audiences(self._deps, caller, unknown)
        # All at once, and last: whoever was not asked about to the end is asked about in the next round again.
        if connection.is_open:
            connection.become(caller, change.mates)
            connection.hear(audiences)
            for thread in [*connection.watched]:
                connection.watch(thread, threads[thread])

    def send_away(self, unchecked_s: float) -> None:
        """Whoever was not found out about for so long, to come back: nobody knows any more whether they may be here."""
        before_s = time.monotonic() - unchecked_s
        for connection in self.connections.values():
            if connection.checked_s <= before_s:
                connection.end(Code.SERVER_STOPS, "not_checked")


def token_of(auth: object) -> str:
    """What the client has sent by `auth: {token}`."""
    token = auth.get("token") if isinstance(auth, dict) else None
    if not isinstance(token, str) or not token:
        raise Unauthenticated("Connect with `auth: {token}`.")
    return token


def read(ask: Ask, arguments: tuple[object, ...]) -> Any:
    """The one argument that it takes, strict: as the body of a request."""
    if len(arguments) > 1:
        raise Invalid("A question has one argument.")
    try:
        return msgspec.convert(arguments[0] if arguments else {}, ask.body)
    except msgspec.ValidationError as error:
        raise Invalid(f"The question does not fit: {error}") from None


def act_of(deps: Deps, connection: Connection) -> Act:
    """Who acts, from where."""
    id = new_id(deps.clock.now())
    return Act(deps, connection.caller, id, request=id, address=connection.address, agent=connection.agent)


def failure(error: Exception) -> msgspec.Raw:
    """The one shape of every failure."""
    rendered = render(error)
    if rendered.status == HubError.status:
        log.error("ask_failed", exc_info=error)
    return msgspec.Raw(msgspec.json.encode(rendered.body, enc_hook=str))
