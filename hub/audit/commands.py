"""`python -m hub audit …`"""

import argparse
import re
import sys

from hub.audit.errors import NoAuditLog
from hub.audit.verify import Noted, State, Verdict, accounts, verify
from hub.command import Argument, Command, Terminal
from hub.errors import Invalid

# Less than eight digits of a hash could be met by chance.
NOTED = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{8,64})")
# From here on a walk takes long enough to be watched.
LONG = 5_000
CLEAR_LINE = "\r\x1b[K"


async def verify_logs(terminal: Terminal) -> int:
    """Every log, or one; the exit code is 1 when any is broken."""
    account, noted = terminal.args.account, terminal.args.expect
    if noted and not account:
        raise Invalid("--expect is about one account: `audit verify ACCOUNT --expect SEQ:HASH`.")
    async with terminal.open_deps() as deps:
        names = [account] if account else await accounts(deps)
        verdicts = [await verify(deps, name, noted=noted, progress=show_progress) for name in names]
    if account and is_nothing(verdicts[0]):
        raise NoAuditLog(f"Nothing was ever written down for an account {account}: check the id.", account=account)
    terminal.answer(verdicts, "\n".join(map(line, verdicts)) or "Nothing was written down yet.")
    return int(any(verdict.state is State.BROKEN for verdict in verdicts))


def is_nothing(verdict: Verdict) -> bool:
    """No log, and no sign that there was one."""
    return not verdict.entries and not verdict.problem


def line(verdict: Verdict) -> str:
    """For a person."""
    entries = "1 entry" if verdict.entries == 1 else f"{verdict.entries:,} entries"
    if verdict.state is State.BROKEN:
        return f"{verdict.account}  BROKEN behind {entries}: {verdict.problem}"
    if verdict.state is State.UNBROKEN:
        return f"{verdict.account}  {entries}, unbroken, head {verdict.head}"
    whose = "all" if verdict.erased == verdict.entries else f"the first {verdict.erased:,}"
    return (
        f"{verdict.account}  {entries}, in order, head {verdict.head}; the keys of {whose} were erased: "
        "what those say can be read and checked by nobody"
    )


def show_progress(account: str, seq: int, end: int) -> None:
    """For a person who waits."""
    if end < LONG or not sys.stderr.isatty():
        return
    sys.stderr.write(f"{CLEAR_LINE}{account}  {seq:,} of {end:,}" if seq < end else CLEAR_LINE)
    sys.stderr.flush()


def noted_head(text: str) -> Noted:
    """What follows --expect."""
    match = NOTED.fullmatch(text.strip().lower())
    if match is None:
        raise argparse.ArgumentTypeError("a head looks like 1203:5c0f…, with at least 8 digits of its hash")
    return Noted(int(match[1]), match[2])


COMMANDS = (
    Command(
        path="audit verify",
        help="walk the audit logs: nothing changed, nothing missing, nothing added; exit code 1 when one is broken",
        run=verify_logs,
        arguments=[
            Argument(name="account", help="id of the account; every log when not given", options={"nargs": "?"}),
            Argument(
                name="--expect",
                help="a head that was noted earlier, which must still be in the log",
                options={"metavar": "SEQ:HASH", "type": noted_head},
            ),
        ],
        has_json=True,
    ),
)
