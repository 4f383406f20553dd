"""The addresses by which mail servers and providers hand in mails for a line, as the line shows them."""

from dataclasses import replace
from typing import Any

import pytest

from hub.deps import Deps
from hub.lines.showing import line_shown
from hub.settings import BadSetting, Secret, load
from tests.hub.lines.connected import connect
from tests.hub.postbox.handing_in import a_mail_line
from tests.hubs import Hub

EVERYWHERE = {"mail_listen": "0.0.0.0:2525"}
ON_ONE_MACHINE = {"mongodb_url": Secret()}


def set_so(hub: Hub, **settings: Any) -> Deps:
    """The same hub, set otherwise."""
    return replace(hub.deps, settings=replace(hub.deps.settings, **settings))


@pytest.mark.parametrize(
    ("wanted", "domain"),
    [
        ({**EVERYWHERE, "mail_domain": "in.parley.test"}, "in.parley.test"),
        (EVERYWHERE, "localhost"),
        (ON_ONE_MACHINE, "localhost"),
    ],
)
async def test_a_line_of_mail_shows_an_address_of_its_own(hub: Hub, wanted: dict[str, object], domain: str) -> None:
    line = await a_mail_line(hub.deps)

    shown = await line_shown(set_so(hub, **wanted), line)

    assert shown.mail_address == f"{line.id}@{domain}"


@pytest.mark.parametrize("wanted", [{}, {**ON_ONE_MACHINE, "mail_listen": "off"}])
async def test_where_no_mail_is_taken_there_is_none(hub: Hub, wanted: dict[str, object]) -> None:
    shown = await line_shown(set_so(hub, **wanted), await a_mail_line(hub.deps))

    assert shown.mail_address == ""


async def test_a_line_of_another_medium_has_none(hub: Hub) -> None:
    shown = await line_shown(set_so(hub, **EVERYWHERE), await connect(hub.deps))

    assert shown.mail_address == ""


@pytest.mark.parametrize(
    ("provider", "values", "behind"),
    [
        ("sendgrid_email", {"api_key": "SG.key", "inbound_key": "aLongWordOfOurOwn0123"}, "/mail?key={inbound_key}"),
        ("mailgun_email", {"api_key": "key", "signing_key": "another"}, "/mail?as=mime"),
    ],
)
async def test_whoever_hands_in_whole_mails_is_given_a_url_for_them(
    hub: Hub, provider: str, values: dict[str, str], behind: str
) -> None:
    line = await connect(hub.deps, provider, address="sales@example.com", values=values)

    shown = await line_shown(hub.deps, line)

    assert shown.mail_webhook_url == shown.webhook_url + behind


async def test_a_line_of_another_provider_has_one_url(hub: Hub) -> None:
    shown = await line_shown(hub.deps, await connect(hub.deps))

    assert shown.mail_webhook_url == ""


@pytest.mark.parametrize("place", ["8025", "localhost:8025", "127.0.0.1:0", "127.0.0.1:99999", "on"])
def test_mail_is_taken_at_an_address(place: str) -> None:
    with pytest.raises(BadSetting, match="PARLEY_MAIL_LISTEN"):
        load({"PARLEY_MAIL_LISTEN": place})
