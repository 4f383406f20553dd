"""Connecting lines, changing them, and finding them."""

from collections.abc import Mapping
from datetime import timedelta

from channels.base import Probed, Templated
from hub.access import Caller
from hub.accounts.errors import AccountFull
from hub.accounts.teams import get_team
from hub.act import Act
from hub.deps import Deps
from hub.lines import repository, values
from hub.lines.addresses import normalized
from hub.lines.channels import channel_named, channel_of
from hub.lines.errors import BadLine, LineTaken, NoSuchLine
from hub.lines.looking import look_after, look_at_templates
from hub.lines.models import Line, Look, Minded
from hub.lines.shapes import LineChange, LineShown, LineWanted
from hub.lines.showing import ADDRESS_PLACE, NAME_PLACE, line_shown
from hub.lines.showing import access_of as access_of
from hub.lines.showing import name_of as name_of
from hub.store.mongo import Duplicate

KEY_PLACE = f"{repository.LINES}.key"
# A webhook finds its line without asking the database each time; what was changed counts after so long everywhere.
REMEMBERED_S = 2.0
# Whoever connects a line looks after it themselves at first.
FIRST_MINDED = timedelta(hours=6)


async def list_lines(deps: Deps, account: str) -> list[Line]:
    """All that were not removed, in the order of their making."""
    return await repository.list_lines(deps.mongo, account)


async def get_line(deps: Deps, account: str, id: str) -> Line:
    """One of the account's, be it removed by now; or NoSuchLine."""
    line = await repository.find_line(deps.mongo, account, id)
    if line is None:
        raise no_such_line(id)
    return line


async def access_line(deps: Deps, caller: Caller, id: str) -> Line:
    """One that still is there."""
    line = await get_line(deps, caller.account, id)
    if line.removed_at:
        raise no_such_line(id)
    return line


async def find_any_line(deps: Deps, id: str) -> Line | None:
    """Whosever it is: for webhooks, which say nothing else. It may be some seconds old."""
    return await deps.memory.recall(question(id), lambda: repository.find_any_line(deps.mongo, id), for_s=REMEMBERED_S)


async def find_named(deps: Deps, like: Line, name: str) -> Line | None:
    """The one of the account's lines that the same provider calls so: its webhooks may tell of several."""
    return next(iter(await list_named(deps, like, name)), None)


async def list_named(deps: Deps, like: Line, name: str) -> list[Line]:
    """All of the account's lines that the same provider calls so: some names are those of several together. It is asked
    for each message of some batches: what was found is remembered, and what was not is looked up anew."""
    found = (await names_known(deps, like)).get(name)
    if found is None:
        deps.memory.forget(question_of_names(like))
        found = (await names_known(deps, like)).get(name)
    return found or []


async def names_known(deps: Deps, like: Line) -> Mapping[str, list[Line]]:
    """The account's lines at this provider, by all of their names."""

    async def read() -> Mapping[str, list[Line]]:
        named: dict[str, list[Line]] = {}
        for line in await list_lines(deps, like.account):
            for name in dict.fromkeys((await access_of(deps, line)).names) if line.provider == like.provider else ():
                named.setdefault(name, []).append(line)
        return named

    return await deps.memory.recall(question_of_names(like), read, for_s=REMEMBERED_S)


async def make_line(act: Act, wanted: LineWanted) -> LineShown:
    """Connect one more. No account has the same number, mailbox or site twice on one medium."""
    deps, account, channel = act.deps, act.account, channel_named(wanted.provider)
    known = values.tidied(wanted.values)
    values.check_values(channel, known)
    address = normalized(channel.medium, wanted.address)
    if wanted.team_id:
        await get_team(deps, account, wanted.team_id)
    line = Line(
        id=act.new_id,
        account=account,
        provider=channel.provider,
        medium=channel.medium,
        name=await deps.sealer.seal(account, NAME_PLACE, wanted.name),
        address=await deps.sealer.seal(account, ADDRESS_PLACE, address),
        key=await key_of(deps, account, f"{channel.medium}:{address}"),
        values=await values.sealed(deps, account, known),
        made_at=deps.clock.now(),
        team=wanted.team_id,
        answered_by=wanted.answered_by,
        per_second=wanted.per_second or None,
        templates=Look(due_at=deps.clock.now()) if isinstance(channel, Templated) else None,
        mailboxes=Look(due_at=deps.clock.now(), asked_at=deps.clock.now()) if channel.capabilities.is_mail else None,
        minded=Minded(due_at=deps.clock.now() + FIRST_MINDED) if isinstance(channel, Probed) else None,
    )
    await add(deps, line)
    made = await line_shown(deps, line)
    act.note.target, act.note.after = {"line": line.id}, made
    return made


async def add(deps: Deps, line: Line) -> None:
    """Store it, or raise LineTaken. A request that was cut off and is sent again meets what it has stored itself."""
    if await repository.is_full(deps.mongo, line.account):
        raise AccountFull(f"An account has {repository.MOST} of them at most.", most=repository.MOST)
    try:
        await repository.add_line(deps.mongo, line)
    except Duplicate:
        if not await repository.find_line(deps.mongo, line.account, line.id):
            raise LineTaken("The account has a line with this address already.", field="address") from None
    forget(deps, line)


async def change_line(act: Act, id: str, wanted: LineChange) -> LineShown:
    """Another name, other values, another pace."""
    deps, fields = act.deps, dict[str, object]()
    line = await access_line(deps, act.caller, id)
    if wanted.name is not None:
        fields["name"] = await deps.sealer.seal(act.account, NAME_PLACE, wanted.name)
    if wanted.values:
        merged = values.changed(channel_of(line), await values.opened(deps, line), wanted.values)
        fields["values"] = await values.sealed(deps, act.account, merged)
        # It may be another one at the provider: what was told of that one counts no more.
        fields |= {**looked_at(deps, line), "allowed": None, "health.failed_at": None, "health.failed_code": None}
        await deps.pulses.write()
    if wanted.answered_by is not None:
        fields["answered_by"] = wanted.answered_by
    if wanted.shows_read is not None:
        fields["shows_read"] = wanted.shows_read
    if wanted.per_second is not None:
        fields["per_second"] = wanted.per_second or None
    shown = await apply(act, line, **fields)
    if wanted.values:
        await look_after(deps, line)
        if line.templates:
            await look_at_templates(deps, line)
    return shown


async def set_team(act: Act, id: str, team_id: str | None) -> LineShown:
    """Another team is asked first, or none."""
    line = await access_line(act.deps, act.caller, id)
    if team_id:
        await get_team(act.deps, act.account, team_id)
    return await apply(act, line, team=team_id)


async def set_second(act: Act, id: str, second: str | None) -> LineShown:
    """Messages go over this one while the provider of the first is down."""
    line = await access_line(act.deps, act.caller, id)
    if second:
        other = await access_line(act.deps, act.caller, second)
        if other.id == line.id or other.medium is not line.medium:
            raise BadLine("The second line is another one of the same medium.", field="line_id")
    return await apply(act, line, second=second)


async def set_paused(act: Act, id: str, *, is_paused: bool) -> LineShown:
    """Nothing is sent on it, or it goes on; what comes in is taken in either case."""
    return await apply(act, await access_line(act.deps, act.caller, id), is_paused=is_paused)


async def remove_line(act: Act, id: str) -> None:
    """Nothing comes or goes on it any more; what was said on it stays. Its credentials are forgotten, and its address
    can be connected anew."""
    deps, line = act.deps, await access_line(act.deps, act.caller, id)
    await apply(
        act,
        line,
        removed_at=deps.clock.now(),
        key=await key_of(deps, act.account, f"removed:{id}"),
        values=await values.sealed(deps, act.account, {}),
        **looked_at(deps, line),
    )
    # What comes in on others may have come by its webhook.
    for other in await list_lines(deps, act.account):
        if other.provider == line.provider:
            await look_after(deps, other)


def looked_at(deps: Deps, line: Line) -> dict[str, object]:
    """Its mailbox may be another one, or none."""
    if line.mailboxes is None:
        return {}
    # Nobody may have looked since it was changed before.
    now, waits_since = deps.clock.now(), line.mailboxes.asked_at if line.mailboxes.due_at else None
    return {"mailboxes": Look(due_at=now, asked_at=waits_since or now)}


async def apply(act: Act, line: Line, **fields: object) -> LineShown:
    """Set fields; before and after go into the audit log."""
    deps = act.deps
    act.note.target, act.note.before = {"line": line.id}, await line_shown(deps, line)
    if fields and not await repository.change_line(deps.mongo, act.account, line.id, **fields):
        raise no_such_line(line.id)
    forget(deps, line)
    after = await line_shown(deps, await get_line(deps, act.account, line.id))
    act.note.after = after
    return after


async def key_of(deps: Deps, account: str, text: str) -> bytes:
    """What two lines are compared by."""
    return (await deps.sealer.keyring(account)).lookup(KEY_PLACE, text)


def forget(deps: Deps, line: Line) -> None:
    """It has changed, and this process knows."""
    deps.memory.forget(question(line.id))
    deps.memory.forget(question_of_names(line))


def question(id: str) -> str:
    """What a process remembers the answer to."""
    return f"line:{id}"


def question_of_names(line: Line) -> str:
    """The same, for all of an account's lines at one provider."""
    return f"names of lines:{line.account}:{line.provider}"


def no_such_line(id: str) -> NoSuchLine:
    """There is none, or it belongs to somebody else."""
    return NoSuchLine("There is no such line.", id=id)
