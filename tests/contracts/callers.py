"""Everybody who can ask, and what each may do: as hub.accounts.roles says, and nobody else."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from hub.access import OF_NO_ROLE, OF_OPERATORS, OPERATOR, Permission
from hub.accounts import api_keys, closing, founding, shutting_out, subjects
from hub.accounts.roles import ADMIN, BUILT_IN, OF_KEYS, OWNER
from hub.http.endpoint import Endpoint
from tests.contracts.companies import Outside, Person, found
from tests.contracts.matrix import IN, Example, Maker, Sent, example_of, is_open, refusal
from tests.hubs import Hub


@dataclass(frozen=True)
class Asking:
    """Somebody who asks. `person` is whoever the examples are about: the same, where a member asks, else the owner."""

    headers: Mapping[str, str]
    person: Person


Make = Callable[[Person, Permission], Awaitable[Asking]]


async def stranger(owner: Person, _: Permission) -> Asking:
    """No credential."""
    return Asking({}, owner)


async def operator(owner: Person, _: Permission) -> Asking:
    """The token of the settings."""
    return bearer(owner.deps.settings.operator_token.reveal(), owner)


async def another_owner(owner: Person, _: Permission) -> Asking:
    """Not the one who has founded the company."""
    return member(await owner.company.join_as_owner())


def of_role(role: str) -> Make:
    """A member with a role of every account."""

    async def make(owner: Person, _: Permission) -> Asking:
        return member(await owner.company.join(role))

    return make


async def of_nothing(owner: Person, _: Permission) -> Asking:
    """A member whose role allows nothing."""
    return member(await owner.company.join(await owner.company.nothing()))


async def of_one(owner: Person, permission: Permission) -> Asking:
    """A member whose role allows the one permission, where a role can."""
    return member(await owner.company.join(await owner.company.role(*only(permission))))


async def of_all_others(owner: Person, permission: Permission) -> Asking:
    """A member whose role allows everything else."""
    return member(await owner.company.join(await owner.company.role(*(OF_KEYS - {permission}))))


async def key_of_everything(owner: Person, _: Permission) -> Asking:
    """A script."""
    key = await owner.company.key(*OF_KEYS)
    return bearer(key.secret, owner)


async def key_of_nothing(owner: Person, _: Permission) -> Asking:
    """A script that needs none of it."""
    key = await owner.company.key()
    return bearer(key.secret, owner)


async def without_second_factor(owner: Person, _: Permission) -> Asking:
    """An owner whose account asks for more than the password."""
    await founding.set_sign_in_rules(owner.company.act(), requires_second_factor=True)
    return member(await owner.company.join_as_owner())


async def without_provider(owner: Person, _: Permission) -> Asking:
    """An admin whose account lets members in by its identity provider only."""
    await subjects.require(owner.deps, owner.company.account, is_required=True)
    return member(await owner.company.join(ADMIN))


async def shut_out(owner: Person, _: Permission) -> Asking:
    """A disabled admin."""
    person = await owner.company.join(ADMIN)
    await shutting_out.disable(owner.company.act(), person.member)
    return bearer(person.token, owner)


async def removed(owner: Person, _: Permission) -> Asking:
    """Who was an admin."""
    person = await owner.company.join(ADMIN)
    await shutting_out.remove(owner.company.act(), person.member)
    return bearer(person.token, owner)


async def of_closed_account(owner: Person, _: Permission) -> Asking:
    """The owner of what there is no more. The examples are about another company."""
    closed = await found(owner.deps, owner.company.outside)
    await closing.close(closed.company.act(), closed.company.account, name=await closed.company.shown_name())
    return bearer(closed.token, owner)


async def revoked_key(owner: Person, _: Permission) -> Asking:
    """A script whose key was taken away."""
    key = await owner.company.key(*OF_KEYS)
    await api_keys.revoke(owner.company.act(), owner.company.account, key.key.id)
    return bearer(key.secret, owner)


def member(person: Person) -> Asking:
    """Asks about what is the member's own."""
    return Asking(person.headers, person)


def bearer(token: str, owner: Person) -> Asking:
    """Asks about what is an owner's."""
    return Asking({"authorization": f"Bearer {token}"}, owner)


def only(permission: Permission) -> frozenset[Permission]:
    """The permission, if an account can grant it."""
    return frozenset({permission}) & OF_KEYS


# The company that nearly everybody works for.
OURS = "ours"
FOR_MYSELF = frozenset({Permission.ME, Permission.MEMBERSHIP})
HALF_WAY = frozenset({Permission.ME})
May = Callable[[Permission], frozenset[Permission]]


@dataclass(frozen=True)
class Kind:
    """A kind of caller: how one is made, what it may do beside what is open to all, and how it is refused. One that is
    nobody is let in nowhere, since a wrong credential is not a missing one. `company` is the one that it is of."""

    make: Make
    may: May
    refusal: tuple[int, str] = (403, "forbidden")
    is_nobody: bool = False
    company: str = OURS

    def outcome(self, endpoint: Endpoint) -> str:
        """What the declaration says of this caller. Where others show credentials of their own, all are strangers."""
        if endpoint.by_others:
            return IN
        needed = {endpoint.permission, endpoint.also or endpoint.permission}
        lets_in = is_open(endpoint) or needed <= self.may(endpoint.permission)
        return IN if lets_in and not self.is_nobody else refusal(endpoint, *self.refusal)


def always(permissions: frozenset[Permission]) -> May:
    """The same, whatever is asked for."""
    return lambda _: permissions


ALONE, OTHERS = "a member of this alone", "a member of all but this"
OF_SOME_ROLE = (*(f"of role {role}" for role in BUILT_IN), ALONE, OTHERS)
NOTHING, UNKNOWN = always(frozenset()), (401, "unauthenticated")
KINDS: Mapping[str, Kind] = {
    "a stranger": Kind(stranger, NOTHING, UNKNOWN),
    "the operator": Kind(operator, always(frozenset(OPERATOR.grants))),
    "an owner": Kind(another_owner, always(FOR_MYSELF | BUILT_IN[OWNER].keys())),
    **{
        f"of role {role}": Kind(of_role(role), always(FOR_MYSELF | grants.keys()))
        for role, grants in BUILT_IN.items()
        if role != OWNER
    },
    "a member of nothing": Kind(of_nothing, always(FOR_MYSELF)),
    ALONE: Kind(of_one, lambda permission: FOR_MYSELF | only(permission)),
    OTHERS: Kind(of_all_others, lambda permission: FOR_MYSELF | (OF_KEYS - {permission})),
    "a key of everything": Kind(key_of_everything, always(OF_KEYS)),
    "a key of nothing": Kind(key_of_nothing, NOTHING),
    "an owner without the second factor": Kind(
        without_second_factor, always(HALF_WAY), (403, "second_factor_required"), company="one that asks for codes"
    ),
    "an admin who came by password": Kind(
        without_provider, always(HALF_WAY), (403, "sso_required"), company="one that has a provider"
    ),
    "a disabled member": Kind(shut_out, NOTHING, UNKNOWN, is_nobody=True),
    "a removed member": Kind(removed, NOTHING, UNKNOWN, is_nobody=True),
    "an owner of a closed account": Kind(of_closed_account, NOTHING, UNKNOWN, is_nobody=True),
    "a revoked key": Kind(revoked_key, NOTHING, UNKNOWN, is_nobody=True),
}


@dataclass(frozen=True)
class Place:
    """A hub with its companies. The clock stands still, so that whoever was identified once costs no query again."""

    hub: Hub
    sent: Sent
    outside: Outside
    owners: dict[str, Person] = field(default_factory=dict)
    known: dict[tuple[str, Permission], Asking] = field(default_factory=dict)
    examples: dict[str, Example] = field(default_factory=dict)

    async def found(self) -> Person:
        """The owner of a new company."""
        return await found(self.hub.deps, self.outside)

    async def owner(self, name: str) -> Person:
        """The owner of the company that is known by this name here."""
        if name not in self.owners:
            self.owners[name] = await self.found()
        return self.owners[name]

    async def asking(self, kind: str, permission: Permission) -> Asking:
        """A caller of this kind: one for all endpoints of this permission, whom the hub has identified already."""
        if (kind, permission) not in self.known:
            asking = self.known[kind, permission] = await self.somebody(kind, permission)
            await self.hub.client.get("/live", headers=asking.headers)
        return self.known[kind, permission]

    async def somebody(self, kind: str, permission: Permission) -> Asking:
        """A caller of this kind whom nobody has met."""
        return await KINDS[kind].make(await self.owner(KINDS[kind].company), permission)

    async def example(self, endpoint: Endpoint, makers: Mapping[str, Maker]) -> Example:
        """One for all who only try it: about things of a colleague of those who ask."""
        if endpoint.id not in self.examples:
            colleague = await (await self.owner(OURS)).company.join_as_owner()
            self.examples[endpoint.id] = await example_of(endpoint, colleague, makers)
        return self.examples[endpoint.id]

    async def settle(self) -> None:
        """What was begun by what was done before is done."""
        await self.hub.deps.background.settle()
        await self.hub.deps.bus.settle()

    async def forget_limits(self) -> None:
        """Whoever has asked often may go on."""
        for door in self.hub.app.state.sockets.doors:
            door.callers.forget()
        redis = self.hub.deps.redis
        if counted := await redis.client.keys(redis.key("rate", "*")):
            await redis.client.delete(*counted)


def kinds_of(endpoint: Endpoint) -> Mapping[str, Kind]:
    """Those that are worth asking: where no role says anything, one that allows all and one that allows nothing do."""
    needless = OF_SOME_ROLE if endpoint.permission in OF_NO_ROLE else () if only(endpoint.permission) else (ALONE,)
    return {name: kind for name, kind in KINDS.items() if name not in needless}


def let_in(endpoint: Endpoint) -> Sequence[str]:
    """The kinds of callers that may."""
    return [name for name, kind in kinds_of(endpoint).items() if kind.outcome(endpoint) == IN]


def refused(endpoint: Endpoint) -> Sequence[str]:
    """The kinds of callers that may not."""
    return [name for name, kind in kinds_of(endpoint).items() if kind.outcome(endpoint) != IN]


def kind_of(endpoint: Endpoint) -> str:
    """An owner; the operator for what is the operator's, and a stranger where all may."""
    kind = "the operator" if endpoint.permission in OF_OPERATORS else "an owner"
    return "a stranger" if is_open(endpoint) else kind
