"""`python -m hub mind …`: setting up the models of an account from a terminal. No key stands on a command line, where
others of the machine could read it."""

import sys
from getpass import getpass

import msgspec

from hub.accounts.operating import access_account, within
from hub.command import Argument, Command, Terminal
from hub.errors import Invalid
from hub.minds import actions, checking
from hub.minds.actions import use_named
from hub.minds.models import URL, MindUse
from hub.minds.shapes import USUAL_PER_DAY, MindShown, MindWanted

FAILED = 1


async def set_mind(terminal: Terminal) -> int:
    """Set one up."""
    args = terminal.args
    given = {"url": args.url, "model": args.model, "per_day": args.per_day, "key": key_from(terminal)}
    wanted = terminal.read(MindWanted, given)
    async with terminal.act("mind.set") as act:
        made = await actions.set_mind(await within(act, args.account), use_named(args.use), wanted)
    terminal.answer(made, f"{made.model} at {made.url} is asked for {made.use} from now on.")
    return 0


def key_from(terminal: Terminal) -> str | None:
    """From standard input as JSON; or typed unseen. Nothing typed leaves the key of before."""
    if not terminal.args.secrets_stdin:
        return (getpass("key: ") or None) if sys.stdin.isatty() else None
    try:
        return msgspec.json.decode(sys.stdin.buffer.read(), type=dict[str, str])["key"]
    except (msgspec.MsgspecError, KeyError):
        raise Invalid('Standard input is no JSON with the key, such as {"key": "…"}.') from None


async def list_minds(terminal: Terminal) -> int:
    """The models of one account."""
    async with terminal.open_deps() as deps:
        account = await access_account(deps, terminal.args.account)
        minds = await actions.list_minds(deps, account.id)
    terminal.answer(minds, "\n".join(map(as_text, minds)) or "The account has no models.")
    return 0


def as_text(mind: MindShown) -> str:
    """One of them, and what is wrong with it."""
    key = "with a key" if mind.has_key else "without a key"
    wrong = f"\n{'':<15}{mind.wrong.words}" if mind.wrong else ""
    return f"{mind.use:<15}{mind.model} at {mind.url}, {key}, {mind.per_day} times a day at most{wrong}"


async def check_mind(terminal: Terminal) -> int:
    """Try one."""
    async with terminal.act("mind.check") as act:
        checked = await checking.check_mind(await within(act, terminal.args.account), use_named(terminal.args.use))
    terminal.answer(checked, checked.words)
    return 0 if checked.is_well else FAILED


async def remove_mind(terminal: Terminal) -> int:
    """Nothing is asked of it any more."""
    use = use_named(terminal.args.use)
    async with terminal.act("mind.remove") as act:
        await actions.remove_mind(await within(act, terminal.args.account), use)
    terminal.answer({"use": use, "removed": True}, f"No model is asked for {use} any more.")
    return 0


ACCOUNT = Argument(name="account", help="id of the account")
USE = Argument(name="use", help=f"what it is for: {', '.join(MindUse)}", options={"metavar": "use"})
COMMANDS = (
    Command(
        path="mind set",
        help="set up a model, at OpenAI or at any endpoint that speaks its protocol",
        run=set_mind,
        arguments=[
            ACCOUNT,
            USE,
            Argument(name="--url", help=f"its endpoint; {URL} when left out", options={"default": URL}),
            Argument(name="--model", help="its name; the usual one when left out", options={"default": ""}),
            Argument(
                name="--per-day",
                help=f"how often it is asked in a day at most; {USUAL_PER_DAY} when left out",
                options={"type": int, "default": USUAL_PER_DAY},
            ),
            Argument(
                name="--secrets-stdin",
                help='read the key from standard input, as JSON: {"key": "…"}; else it is asked for, at a terminal',
                options={"action": "store_true"},
            ),
        ],
        has_json=True,
    ),
    Command(
        path="mind list",
        help="show the models of an account, and what is wrong with them",
        run=list_minds,
        arguments=[ACCOUNT],
        has_json=True,
    ),
    Command(
        path="mind check",
        help="try a model; the exit code is 1 when something is wrong",
        run=check_mind,
        arguments=[ACCOUNT, USE],
        has_json=True,
    ),
    Command(
        path="mind remove",
        help="remove a model: nothing is asked of it any more",
        run=remove_mind,
        arguments=[ACCOUNT, USE],
        has_json=True,
    ),
)
