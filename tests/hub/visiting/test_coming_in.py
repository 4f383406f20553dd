"""Who may begin a visit, and who is let in by the token of one."""

import asyncio
from datetime import timedelta

import jwt
import pytest

from hub.act import Act
from hub.errors import TooMany
from hub.limits import Rate
from hub.lines import actions as lines
from hub.lines.shapes import LineChange
from hub.store.ids import new_id
from hub.visiting import beginning, saying
from hub.visiting.guests import Visitors
from hub.visiting.repository import find_visitor
from hub.visiting.saying import say
from hub.visiting.shapes import VisitorSays
from hub.visiting.standing import identify_visitor
from hub.visiting.tokens import VISIT, visit_token
from tests.hub.lines.connected import act_in
from tests.hub.visiting.pages import ORIGIN, Page, Site
from tests.people import code_of
from tests.screens import Refused, at_screen, screen

HELLO = VisitorSays(client_id="1", text="Hello")
STRANGE = "https://www.strange.test"


async def refusal_of(site: Site, token: str, origin: str | None = ORIGIN, namespace: str = "/widget") -> str:
    """How a socket is refused."""
    with pytest.raises(Refused) as refused:
        async with screen(site.url, token, namespace=namespace, origin=origin):
            pass
    return str(refused.value.error["data"]["code"])


async def show_on(site: Site, origins: str) -> None:
    """The site shows the widget on these pages from now on."""
    act = act_in(site.deps, site.owner.account)
    await lines.change_line(act, site.line.id, LineChange(values={"origins": origins}))


async def test_a_page_of_the_site_may_read_the_answer(site: Site) -> None:
    answer = await site.begins()

    assert answer.headers["access-control-allow-origin"] == ORIGIN


async def test_a_browser_that_asks_beforehand_is_told_that_the_page_may(site: Site) -> None:
    path = f"/api/v1/widget/{site.line.id}/visits"
    asked = {"origin": ORIGIN, "access-control-request-method": "POST"}

    answer = await site.hub.client.options(path, headers=asked)

    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (204, ORIGIN)
    assert answer.headers["access-control-allow-headers"] == "content-type"


@pytest.mark.parametrize("origin", [STRANGE, "null", "", "http://www.acme.test", f"{ORIGIN}.strange.test"])
async def test_no_other_page_begins_a_visit(site: Site, origin: str) -> None:
    assert code_of(await site.begins(origin=origin)) == (403, "wrong_origin")


async def test_no_other_page_comes_in_with_a_visitors_token(site: Site) -> None:
    page = await site.page()

    refusals = {await refusal_of(site, page.visit["token"], origin) for origin in (STRANGE, "null", None)}

    assert refusals == {"forbidden"}


async def test_a_page_that_the_site_has_given_up_is_sent_away(site: Site) -> None:
    page = await site.page()
    async with page.opened() as (widget, _):
        await show_on(site, STRANGE)

        code, _ = await widget.until_ended()

    assert code == 4001


async def test_a_visit_that_has_expired_lets_nobody_in(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    token = await token_of_yesterday(site, (await site.page()).visit["visitor_id"], monkeypatch)

    assert await refusal_of(site, token) == "token_expired"


async def token_of_yesterday(site: Site, visitor: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """As it was made then."""
    now = site.deps.clock.now()
    with monkeypatch.context() as then:
        then.setattr(site.deps.clock, "now", lambda: now - timedelta(minutes=62))
        return await visit_token(
            site.deps, visitor=visitor, account=site.owner.account, line=site.line.id, origin=ORIGIN
        )


async def test_a_token_of_somebody_elses_making_lets_nobody_in(site: Site) -> None:
    token = (await site.page()).visit["token"]
    claims = jwt.decode(token, options={"verify_signature": False}, audience=VISIT.audience)
    headers = {"kid": jwt.get_unverified_header(token)["kid"]}

    forged = jwt.encode(claims, b"a key of somebody else's making!", "HS256", headers=headers)

    assert await refusal_of(site, forged) == "unauthenticated"


async def test_strangers_at_one_address_take_a_part_of_the_sockets_and_members_come_in_still(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Visitors, "most_of_address", 2)
    pages = [await site.page() for _ in range(3)]
    async with pages[0].opened(), pages[1].opened(), at_screen(site.url, site.owner) as owners:
        assert await refusal_of(site, pages[2].visit["token"]) == "too_many_sockets"
        assert await owners.does("sync")


async def test_a_visitor_is_no_member_and_a_member_no_visitor(site: Site) -> None:
    page = await site.page()

    assert await refusal_of(site, page.visit["token"], None, "/inbox") == "unauthenticated"
    assert await refusal_of(site, site.owner.token) == "unauthenticated"


async def test_a_secret_that_is_nobodys_begins_nothing(site: Site) -> None:
    page = await site.page()

    answer = await site.begins(f"{page.visit['visitor_id']}_guessed")

    assert code_of(answer) == (401, "no_such_visitor")


async def test_where_all_must_say_who_they_are_nobody_begins_without(site: Site) -> None:
    act = act_in(site.deps, site.owner.account)
    await lines.change_line(act, site.line.id, LineChange(values={"anonymous": "no"}))
    await asyncio.sleep(2.1)

    assert code_of(await site.begins()) == (403, "not_open_to_all")


async def act_of(site: Site, address: str) -> Act:
    """A new visitor acts, who comes from this address."""
    caller = await identify_visitor(site.deps, (await site.page()).visit["token"])
    return Act(site.deps, caller, new_id(site.deps.clock.now()), address=address)


async def test_nobody_says_more_than_twenty_things_a_minute(site: Site) -> None:
    act = await act_of(site, "192.0.2.1")

    with pytest.raises(TooMany):
        for _ in range(25):
            await say(act, HELLO)


async def test_however_many_visitors_somebody_is_they_say_no_more_from_one_address(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saying, "ADDRESS_RATE", Rate(2))
    many = [await act_of(site, address) for address in ("2001:db8::1", "2001:db8::2", "2001:db8::3", "192.0.2.1")]
    for act in many[:2]:
        await say(act, HELLO)

    with pytest.raises(TooMany):
        await say(many[2], HELLO)

    assert (await say(many[3], HELLO)).text == "Hello"


async def test_however_many_visitors_write_on_one_site_they_say_no_more_than_it_takes(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saying, "LINE_RATE", Rate(2))
    many = [await act_of(site, f"192.0.2.{number}") for number in range(3)]
    for act in many[:2]:
        await say(act, HELLO)

    with pytest.raises(TooMany):
        await say(many[2], HELLO)


async def test_however_many_strangers_come_who_was_there_before_comes_in(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginning, "NEW_RATE", Rate(1))
    page = await site.page()

    stranger, known = await site.begins(), await site.begins(page.visit["secret"])

    assert code_of(stranger) == (429, "too_many")
    assert known.status_code == 201


async def kept_for(site: Site, page: Page) -> timedelta:
    """How long the page's visitor is known, without coming again."""
    found = await find_visitor(site.deps.mongo, site.owner.account, site.line.id, page.visit["visitor_id"])
    return found.expires_at - site.deps.clock.now() if found else timedelta(0)


async def test_whoever_never_says_a_word_is_known_for_a_day(site: Site) -> None:
    page = await site.page()

    await site.begins(page.visit["secret"])

    assert await kept_for(site, page) <= timedelta(days=1)


async def test_whoever_has_said_something_is_known_for_half_a_year(site: Site) -> None:
    page = await site.page()
    async with page.opened() as (widget, _):
        await widget.does("say", {"client_id": "1", "text": "Hello"})

    assert timedelta(days=179) < await kept_for(site, page) <= timedelta(days=180)


async def test_what_is_too_long_is_not_said(site: Site) -> None:
    page = await site.page()
    async with page.opened() as (widget, _):
        assert await widget.is_refused("say", {"client_id": "1", "text": "a" * 4001}) == "invalid"
