"""Telling screens that something was set otherwise."""

from typing import Any

from hub.audiences import of_account
from hub.audit.events import SettingChanged
from hub.bus import Teller
from hub.deps import Deps

SETTING, PAUSE_S = "setting", 0.25
# What all members of an account share. Who signs in, has a key made or takes something out is nobody else's business.
AREAS = frozenset(
    {
        "account",
        "attribute",
        "canned",
        "csat_policy",
        "invitation",
        "line",
        "member",
        "mind",
        "notification_policy",
        "opt_words",
    }
    | {
        "presence_policy",
        "role",
        "routing",
        "rule",
        "sending_policy",
        "sla_policy",
        "team",
        "template",
        "thread_policy",
        "view",
    }
)


async def tell_setting(deps: Deps, account: str, _: str, areas: frozenset[Any]) -> None:
    """Each area once."""
    rev = round(deps.clock.now().timestamp() * 1000)
    for area in areas:
        await deps.bus.publish(SettingChanged(account=account, rev=rev, area=area), [of_account(account)])


TELLERS = (Teller(SETTING, tell_setting, PAUSE_S),)
