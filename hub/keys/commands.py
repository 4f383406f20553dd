"""`python -m hub keys …`"""

from hub.command import Argument, Command, Terminal
from hub.errors import NotFound
from hub.keys.resealing import rotate


class NoKeys(NotFound):
    """There is no such account, or nothing was ever sealed for it."""

    code = "no_keys"


async def rotate_data_key(terminal: Terminal) -> int:
    """A new data key for one account."""
    async with terminal.act("keys.rotate") as act:
        if not await act.deps.sealer.has_keys(terminal.args.account):
            raise NoKeys(f"No account {terminal.args.account} has anything sealed: check the id.")
        version = await rotate(act.deps, terminal.args.account)
        act.note.account, act.note.after = terminal.args.account, {"version": version}
    text = (
        f"The data key of {terminal.args.account} is now version {version}; older values are sealed anew by a worker."
    )
    terminal.answer({"account": terminal.args.account, "version": version}, text)
    return 0


async def rewrap_data_keys(terminal: Terminal) -> int:
    """All data keys under the current master key."""
    async with terminal.act("keys.rewrap") as act:
        rewrapped = await act.deps.sealer.rewrap()
        act.note.after = {"rewrapped": rewrapped}
    text = f"{rewrapped} data keys rewrapped. PARLEY_MASTER_KEY_PREVIOUS is needed no more."
    terminal.answer({"rewrapped": rewrapped}, text)
    return 0


COMMANDS = (
    Command(
        path="keys rotate",
        help="make a new data key for an account; what the old one sealed is sealed anew in the background",
        run=rotate_data_key,
        arguments=[Argument(name="account", help="id of the account")],
        has_json=True,
    ),
    Command(
        path="keys rewrap",
        help="after a change of PARLEY_MASTER_KEY: wrap every data key by the new one",
        run=rewrap_data_keys,
        has_json=True,
    ),
)
