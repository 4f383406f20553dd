"""`python -m hub line …`: connecting lines from a terminal."""

from collections.abc import Awaitable, Callable, Mapping

from hub.accounts.operating import access_account, within
from hub.act import Act
from hub.command import Argument, Command, Terminal
from hub.connecting import checking, pointing, testing
from hub.connecting.entering import ARGUMENTS, plain_values, prompts_for, secret_values, secrets_of
from hub.connecting.shapes import CheckStep, LineTestWanted, ProviderSaid
from hub.connecting.steps import is_fed_by_mail, way_of_mail
from hub.lines import actions
from hub.lines.channels import CHANNELS, channel_named, channel_of
from hub.lines.shapes import LineChange, LineShown, LineWanted
from hub.lines.showing import line_shown

FAILED = 1
MARKS: Mapping[bool | None, str] = {True: "well", False: "MISSING", None: "unknown"}


async def add_line(terminal: Terminal) -> int:
    """Connect one."""
    args = terminal.args
    secrets = secrets_of(channel_named(args.provider))
    plain = plain_values(args.value or [], secrets)
    values = {**plain, **secret_values(args, prompts_for(secrets, args.secret or []))}
    given = {"provider": args.provider, "address": args.address, "name": args.name or args.address, "values": values}
    wanted = terminal.read(LineWanted, given)
    async with terminal.act("line.make") as act:
        made = await actions.make_line(await within(act, args.account), wanted)
    needs = f"What it still needs: python -m hub line check {args.account} {made.id}"
    terminal.answer(made, "\n".join([f"Line {made.id} is connected.", way_in(made), needs]))
    return 0


def way_in(line: LineShown) -> str:
    """Where what people write has to be sent."""
    if is_fed_by_mail(channel_named(line.provider)):
        return way_of_mail(line.mail_address)
    mails = f"\nFor mails that come in: {line.mail_webhook_url}" if line.mail_webhook_url else ""
    return f"Its webhook, for the provider: {line.webhook_url}{mails}"


async def change_line(terminal: Terminal) -> int:
    """Other values, another name; what is left out stays."""
    args = terminal.args
    # Before anything is open: nothing waits while a person types.
    entered = secret_values(args, {name: name for name in args.secret or []})
    async with terminal.act("line.change") as act:
        own = await within(act, args.account)
        secrets = secrets_of(channel_of(await actions.access_line(own.deps, own.caller, args.line)))
        values = {**plain_values(args.value or [], secrets), **entered}
        wanted = terminal.read(LineChange, {"name": args.name, "values": values})
        changed = await actions.change_line(own, args.line, wanted)
    terminal.answer(changed, f"Line {changed.id} is changed: python -m hub line check {args.account} {changed.id}")
    return 0


async def list_lines(terminal: Terminal) -> int:
    """The lines of one account."""
    async with terminal.open_deps() as deps:
        account = await access_account(deps, terminal.args.account)
        lines = [await line_shown(deps, line) for line in await actions.list_lines(deps, account.id)]
    text = "\n".join(
        f"{line.id}  {line.provider:<18} {line.address:<24} {health_of(line):<8} {line.webhook_url}" for line in lines
    )
    terminal.answer(lines, text or "The account has no lines.")
    return 0


def health_of(line: LineShown) -> str:
    """How it fares, in a word."""
    health = line.health
    if line.is_paused:
        return "paused"
    if line.down_since:
        return "down"
    if health.refused:
        return "unsigned"
    if health.failed and (health.sent_at is None or health.sent_at < health.failed.at):
        return "failing"
    if line.wrong:
        return "lacking"
    return "well" if health.heard_at or health.sent_at else "new"


async def test_line(terminal: Terminal) -> int:
    """Send a test message."""
    wanted = terminal.read(LineTestWanted, {"to": terminal.args.to})
    return await told(terminal, "line.test", lambda act: testing.send_test(act, terminal.args.line, wanted.to))


async def point_line(terminal: Terminal) -> int:
    """Set the webhook at the provider."""
    return await told(terminal, "line.point", lambda act: pointing.point_line(act, terminal.args.line))


async def told(terminal: Terminal, action: str, ask: Callable[[Act], Awaitable[ProviderSaid]]) -> int:
    """What the provider says; a failure unless it has done it."""
    async with terminal.act(action) as act:
        said = await ask(await within(act, terminal.args.account))
    terminal.answer(said, " ".join(filter(None, [said.words, said.advice])))
    return 0 if said.outcome == "taken" else FAILED


async def check_line(terminal: Terminal) -> int:
    """What is still missing."""
    async with terminal.act("line.check") as act:
        checked = await checking.check_line(await within(act, terminal.args.account), terminal.args.line)
    terminal.answer(checked, "\n".join(map(as_text, checked.items)))
    return 0 if checked.is_well else FAILED


def as_text(step: CheckStep) -> str:
    """One step, and what to do."""
    advice = f"\n{'':<22}{step.advice}" if step.advice else ""
    return f"{MARKS[step.is_well]:<9}{step.about:<12} {step.words}{advice}"


async def remove_line(terminal: Terminal) -> int:
    """Nothing comes or goes on it any more."""
    id = terminal.args.line
    async with terminal.act("line.remove") as act:
        await actions.remove_line(await within(act, terminal.args.account), id)
    terminal.answer({"line_id": id, "removed": True}, f"Line {id} is removed; what was said on it stays.")
    return 0


ACCOUNT = Argument(name="account", help="id of the account")
LINE = Argument(name="line", help="id of the line")
COMMANDS = (
    Command(
        path="line add",
        help="connect a number, mailbox or site",
        run=add_line,
        arguments=[
            ACCOUNT,
            Argument(name="provider", help=", ".join(sorted(CHANNELS)), options={"metavar": "provider"}),
            Argument(name="address", help="the number with its country code, the mailbox, or the site"),
            Argument(name="--name", help="what you call it; its address when left out"),
            Argument(
                name="--secret",
                help="a secret to ask for, once for each; all of the provider when left out, at a terminal",
                options={"action": "append", "metavar": "NAME"},
            ),
            *ARGUMENTS,
        ],
        has_json=True,
    ),
    Command(
        path="line change",
        help="enter something of a line anew, such as a secret; what is left out stays",
        run=change_line,
        arguments=[
            ACCOUNT,
            LINE,
            Argument(name="--name", help="what you call it"),
            Argument(
                name="--secret",
                help="a secret to ask for, once for each",
                options={"action": "append", "metavar": "NAME"},
            ),
            *ARGUMENTS,
        ],
        has_json=True,
    ),
    Command(
        path="line list",
        help="show the lines of an account, where their webhooks are, and how they fare",
        run=list_lines,
        arguments=[ACCOUNT],
        has_json=True,
    ),
    Command(
        path="line test",
        help="send a test message over a line",
        run=test_line,
        arguments=[ACCOUNT, LINE, Argument(name="to", help="a phone or mailbox of yours")],
        has_json=True,
    ),
    Command(
        path="line check",
        help="say step by step what a line still needs; the exit code is 1 when something is missing",
        run=check_line,
        arguments=[ACCOUNT, LINE],
        has_json=True,
    ),
    Command(
        path="line point",
        help="set a line's webhook at its provider, where that has an API for it",
        run=point_line,
        arguments=[ACCOUNT, LINE],
        has_json=True,
    ),
    Command(
        path="line remove",
        help="remove a line: nothing comes or goes on it any more; what was said on it stays",
        run=remove_line,
        arguments=[ACCOUNT, LINE],
        has_json=True,
    ),
)
