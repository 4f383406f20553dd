"""`python -m hub buried …`"""

from hub.access import OPERATOR
from hub.command import Argument, Command, Terminal
from hub.http.endpoint import PageQuery
from hub.work import actions
from hub.work.models import Buried

MOST = 200


async def list_buried(terminal: Terminal) -> int:
    """What was given up, of every kind."""
    async with terminal.open_deps() as deps:
        found: dict[str, list[Buried]] = {}
        for kind in terminal.kinds:
            page = await actions.list_buried(deps, OPERATOR, kind, PageQuery(limit=MOST))
            found[kind.name] = page.items
    lines = [
        f"{kind}  {item.id}  {item.at:%Y-%m-%d %H:%M}  after {item.attempts}  {item.reason}"
        for kind, items in found.items()
        for item in items
    ]
    terminal.answer(found, "\n".join(lines) or "Nothing was given up.")
    return 0


async def revive(terminal: Terminal) -> int:
    """Try it again."""
    async with terminal.act("work.revive") as act:
        kind = actions.access_kind(terminal.kinds, terminal.args.kind)
        revived = await actions.revive(act, kind, terminal.args.id)
    terminal.answer(revived, f"{revived.id} is due again.")
    return 0


COMMANDS = (
    Command(path="buried list", help="show the work that was given up, and why", run=list_buried, has_json=True),
    Command(
        path="buried revive",
        help="make it due again, once its cause is mended",
        run=revive,
        arguments=[Argument(name="kind", help="kind of work"), Argument(name="id", help="id of the work")],
        has_json=True,
    ),
)
