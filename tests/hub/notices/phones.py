"""A member's own phone: named, proved, and wanted to be written to."""

import re
from typing import Any

from tests.fakes.sandbox.running import RunningSandbox
from tests.hub.notices.desk import PATH, Desk

NUMBER, OTHERS = "+4915100000042", "+4915100000043"
POLICY = "/notification-policy"


async def allow(desk: Desk, *lines: str, countries: tuple[str, ...] = ("DE",)) -> None:
    """The account lets these lines write to its members' phones."""
    await desk.owner.does("PUT", POLICY, {"phone_line_ids": [*lines], "phone_countries": [*countries]})


async def name_number(desk: Desk, line_id: str) -> None:
    """The rep names the own phone, and a code goes to it."""
    await desk.rep.does("PUT", f"{PATH}/number", {"number": NUMBER, "line_id": line_id})
    await desk.work()


def code_in(sandbox: RunningSandbox) -> str:
    """The last that came."""
    (code,) = re.findall(r"[0-9]{6}", sandbox.sent[-1].text)
    return str(code)


async def prove(desk: Desk, code: str) -> Any:
    """The rep types what came."""
    return await desk.rep.asks("POST", f"{PATH}/number/verify", {"code": code})


async def wants_texts(desk: Desk, sandbox: RunningSandbox, line_id: str) -> None:
    """The rep has proved a number, and gets messages there."""
    await name_number(desk, line_id)
    await prove(desk, code_in(sandbox))
    await desk.wants(desk.rep, ways=("phone",))
