"""Every query about accounts, members, roles, teams, invitations and keys. Whatever is not there gives None."""

from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from hub.access import INSTALLATION
from hub.accounts.models import Account, ApiKey, CustomRole, Departed, Invitation, Member, Team
from hub.store.documents import Model, Stored, as_document, read, written
from hub.store.indexes import Index
from hub.store.mongo import Document, Duplicate, Mongo, Where

ACCOUNTS, MEMBERS, ROLES, TEAMS = "accounts", "members", "roles", "teams"
INVITATIONS, API_KEYS, FIRST_PLACE, DEPARTED = "invitations", "api_keys", "first_place", "departed"
COLLECTION: Mapping[type[Stored], str] = {
    Account: ACCOUNTS,
    Member: MEMBERS,
    CustomRole: ROLES,
    Team: TEAMS,
    Invitation: INVITATIONS,
    ApiKey: API_KEYS,
    Departed: DEPARTED,
}
SEALED = tuple(name for name in COLLECTION.values() if name != DEPARTED)
INDEXES = (
    Index(MEMBERS, (("account", 1), ("login", 1)), unique=True),
    Index(MEMBERS, (("account", 1), ("teams", 1))),
    Index(MEMBERS, (("login", 1),)),
    # Made with the account's own key: no two accounts have the same one.
    Index(MEMBERS, (("subject", 1),), unique=True, sparse=True),
    *(Index(DEPARTED, (("account", 1), (field, 1))) for field in ("email", "subject")),
    *(Index(name, (("account", 1), ("key", 1)), unique=True) for name in (ROLES, TEAMS)),
    *(Index(name, (("account", 1), ("_id", 1))) for name in (ACCOUNTS, MEMBERS, ROLES, TEAMS, INVITATIONS, API_KEYS)),
    *(Index(name, (("expires_at", 1),), expire_after=timedelta(days=30)) for name in (INVITATIONS, API_KEYS)),
)
# No account has more members, roles, teams, open invitations or keys; each list shows all of them.
MOST = 2_000
HELD_FOR = timedelta(minutes=1)
NOTHING_MORE: Where = {}
NOT_ACCEPTED: Where = {"accepted_at": {"$exists": False}}


async def add(mongo: Mongo, model: Stored) -> None:
    """Store it, or raise Duplicate."""
    await mongo[COLLECTION[type(model)]].insert(as_document(model))


async def find(mongo: Mongo, account: str, type: type[Model], id: str) -> Model | None:
    """One of the account's."""
    found = await mongo[COLLECTION[type]].find_one({"_id": id, "account": account})
    return read(type, found) if found else None


async def list_all(mongo: Mongo, account: str, type: type[Model], ids: Collection[str] | None = None) -> list[Model]:
    """The account's in the order of their making; or those of these ids."""
    where: Document = {"account": account} | ({} if ids is None else {"_id": {"$in": list(ids)}})
    found = await mongo[COLLECTION[type]].find(where, sort=[("_id", 1)], limit=MOST)
    return [read(type, document) for document in found]


async def find_each(mongo: Mongo, type: type[Model], ids: Collection[str]) -> dict[str, Model]:
    """Those of these ids, whichever account they are of: for whoever looks after many accounts at a time."""
    if not ids:
        return {}
    found = await mongo[COLLECTION[type]].find({"_id": {"$in": [*ids]}}, limit=len(ids))
    return {document["_id"]: read(type, document) for document in found}


async def is_full(mongo: Mongo, account: str, type: type[Stored]) -> bool:
    """Whether the account has as many as a list shows."""
    where = {"account": account, **(NOT_ACCEPTED if type is Invitation else NOTHING_MORE)}
    return await mongo[COLLECTION[type]].count(where, limit=MOST) >= MOST


async def change(
    mongo: Mongo, account: str, type: type[Stored], id: str, *, where: Where = NOTHING_MORE, **fields: Any
) -> bool:
    """Set fields, and remove those that become None; False when there is no such one, or it is not as `where` says."""
    put = {name: written(value) for name, value in fields.items() if value is not None}
    gone = {name: "" for name, value in fields.items() if value is None}
    change = {name: part for name, part in (("$set", put), ("$unset", gone)) if part}
    return await mongo[COLLECTION[type]].update({"_id": id, "account": account, **where}, change)


async def remove(mongo: Mongo, account: str, type: type[Stored], id: str) -> bool:
    """False when there was none."""
    return await mongo[COLLECTION[type]].delete({"_id": id, "account": account})


async def any_account(mongo: Mongo) -> bool:
    """Whether somebody has signed up here."""
    return await mongo[ACCOUNTS].find_one({}, fields={"_id": 1}) is not None


async def each_account(mongo: Mongo) -> AsyncIterator[Account]:
    """All of the installation's."""
    async for found in mongo[ACCOUNTS].each({}):
        yield read(Account, found)


async def each_member(mongo: Mongo, account: str) -> AsyncIterator[Member]:
    """All of the account's."""
    async for found in mongo[MEMBERS].each({"account": account}):
        yield read(Member, found)


async def change_account(mongo: Mongo, id: str, where: Document, change: Document) -> bool:
    """Change the account if it still is as `where` says."""
    return await mongo[ACCOUNTS].update({"_id": id, "account": id, **where}, change)


async def find_membership(mongo: Mongo, account: str, login: str) -> Member | None:
    """What the login is for the account."""
    found = await mongo[MEMBERS].find_one({"account": account, "login": login})
    return read(Member, found) if found else None


async def find_subject(mongo: Mongo, account: str, subject: str) -> Member | None:
    """Who the identity provider's subject is for the account."""
    found = await mongo[MEMBERS].find_one({"subject": subject, "account": account})
    return read(Member, found) if found else None


async def has_departed(mongo: Mongo, account: str, **mark: str | bytes) -> bool:
    """Whether somebody of this e-mail or subject was a member, and is none."""
    return await mongo[DEPARTED].find_one({"account": account, **mark}, fields={"_id": 1}) is not None


async def list_memberships(mongo: Mongo, login: str) -> list[Member]:
    """Wherever the login works."""
    found = await mongo[MEMBERS].find({"login": login}, limit=MOST)
    return [read(Member, document) for document in found]


async def list_team_members(mongo: Mongo, account: str, teams: Iterable[str]) -> list[Member]:
    """Whoever is in one of the teams."""
    where = {"account": account, "teams": {"$in": list(teams)}}
    return [read(Member, document) for document in await mongo[MEMBERS].find(where, limit=MOST)]


async def list_placed(mongo: Mongo, accounts: Collection[str], teams: Collection[str]) -> list[tuple[str, list[str]]]:
    """Whoever is in one of these teams, and in which; for all accounts together."""
    where = {"account": {"$in": [*accounts]}, "teams": {"$in": [*teams]}}
    return [(one["_id"], one["teams"]) async for one in mongo[MEMBERS].each(where, fields={"teams": 1})]


async def put_into_team(mongo: Mongo, account: str, member: str, team: str) -> bool:
    """The member is in it too; False when there is no such member."""
    return await mongo[MEMBERS].update({"_id": member, "account": account}, {"$addToSet": {"teams": team}})


async def take_out_of_team(mongo: Mongo, account: str, member: str, team: str) -> bool:
    """The member is in it no more; False when it was not."""
    where = {"_id": member, "account": account, "teams": team}
    return await mongo[MEMBERS].update(where, {"$pull": {"teams": team}})


async def empty_team(mongo: Mongo, account: str, team: str) -> None:
    """Nobody is in it any more, nor invited to it."""
    for name in (MEMBERS, INVITATIONS):
        await mongo[name].update_all({"account": account, "teams": team}, {"$pull": {"teams": team}})


async def leave_gone_teams(mongo: Mongo, account: str, teams: Collection[str]) -> None:
    """Nobody is in those of them that are gone: whoever deleted one at the same moment may have emptied it before
    somebody was put into it."""
    there = await list_all(mongo, account, Team, teams) if teams else []
    for gone in set(teams) - {team.id for team in there}:
        await empty_team(mongo, account, gone)


async def count_role(mongo: Mongo, account: str, role: str, now: datetime) -> tuple[int, int]:
    """How many members have it, and how many are invited to it."""
    where = {"account": account, "role": role}
    still_good = {**NOT_ACCEPTED, "expires_at": {"$gt": now}}
    return (
        await mongo[MEMBERS].count(where, limit=MOST),
        await mongo[INVITATIONS].count({**where, **still_good}, limit=MOST),
    )


async def list_open_invitations(mongo: Mongo, account: str) -> list[Invitation]:
    """Those that nobody has accepted, in the order of their making."""
    where = {"account": account, **NOT_ACCEPTED}
    found = await mongo[INVITATIONS].find(where, sort=[("_id", 1)], limit=MOST)
    return [read(Invitation, document) for document in found]


async def remove_invitations_by(mongo: Mongo, account: str, makers: Collection[str]) -> None:
    """Whatever these have invited to and nobody has accepted."""
    await mongo[INVITATIONS].delete_all({"account": account, "by": {"$in": list(makers)}, **NOT_ACCEPTED})


async def list_role_teams(mongo: Mongo, account: str, role: str) -> frozenset[str]:
    """The teams of whoever has the role, or is invited to it."""
    members = mongo[MEMBERS].each({"account": account, "role": role}, fields={"teams": 1})
    invited = mongo[INVITATIONS].each({"account": account, "role": role, **NOT_ACCEPTED}, fields={"teams": 1})
    teams = [one.get("teams", ()) async for one in members] + [one.get("teams", ()) async for one in invited]
    return frozenset(chain.from_iterable(teams))


async def find_invitation(mongo: Mongo, id: str) -> Invitation | None:
    """By what its link says, before anybody is signed in."""
    found = await mongo[INVITATIONS].find_one({"_id": id})
    return read(Invitation, found) if found else None


async def accept_invitation(mongo: Mongo, seen: Invitation, now: datetime) -> bool:
    """Use it up; False when it was used, or withdrawn, already."""
    where = {"_id": seen.id, "account": seen.account, "hash": seen.hash, "accepted_at": {"$exists": False}}
    return await mongo[INVITATIONS].update(where, {"$set": {"accepted_at": now}})


async def hand_back_invitation(mongo: Mongo, seen: Invitation) -> None:
    """Accepting it has failed half way: it is good again."""
    await mongo[INVITATIONS].update({"_id": seen.id, "account": seen.account}, {"$unset": {"accepted_at": ""}})


async def list_keys_of(mongo: Mongo, account: str, **where: str) -> list[ApiKey]:
    """The keys with this root, or made by this one."""
    found = await mongo[API_KEYS].find({"account": account, **where}, limit=MOST)
    return [read(ApiKey, document) for document in found]


async def remove_account(mongo: Mongo, account: str, collections: Iterable[str]) -> None:
    """Everything of it, in all of these collections."""
    for name in collections:
        await mongo[name].delete_all({"account": account})


async def succeed_key(mongo: Mongo, seen: ApiKey, *, successor: str, ends_at: datetime) -> bool:
    """The key has a successor and ends; False when it was given another one meanwhile."""
    where = {"_id": seen.id, "account": seen.account, "successor": {"$exists": False}}
    return await mongo[API_KEYS].update(where, {"$set": {"successor": successor, "expires_at": ends_at}})


async def take_first_place(mongo: Mongo, now: datetime) -> bool:
    """Be the one who makes the first account; False while somebody else is about to. Who died at it is replaced."""
    until = {"until": now + HELD_FOR}
    try:
        await mongo[FIRST_PLACE].insert({"_id": FIRST_PLACE, "account": INSTALLATION, **until})
    except Duplicate:
        return await mongo[FIRST_PLACE].update({"_id": FIRST_PLACE, "until": {"$lt": now}}, {"$set": until})
    return True


async def leave_first_place(mongo: Mongo) -> None:
    """It is done, or given up."""
    await mongo[FIRST_PLACE].delete({"_id": FIRST_PLACE})
