"""The cookies: what the browser is told about them, where it sends them, and whose pages can use them."""

from dataclasses import replace
from http.cookies import Morsel, SimpleCookie
from typing import Any

import httpx2
import pytest

from hub.sessions.cookies import DEVICE, REFRESH
from hub.settings import Settings
from tests.clock import VirtualClock
from tests.hub.sessions.people import Member, join, sign_up
from tests.hubs import Hub, running_hub
from tests.people import code_of, well

FOREIGN = ("cross-site", "same-site", "", "Same-Origin", "same-origin, cross-site", "nonsense")


def set_by(answer: httpx2.Response) -> dict[str, Morsel[str]]:
    """The cookies of an answer, with their attributes."""
    found: SimpleCookie = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        found.load(header)
    return dict(found)


async def test_no_script_reads_the_refresh_token_and_no_other_site_makes_it_be_sent(asha: Member) -> None:
    cookie = set_by(await asha.signs_in())[REFRESH]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/api/v1/session")
    assert (cookie["domain"], cookie["max-age"]) == ("", str(30 * 24 * 3600))


async def test_the_refresh_token_goes_nowhere_but_to_where_it_is_used(asha: Member) -> None:
    paths = ("/api/v1/session", "/api/v1/session/refresh", "/api/v1/me", "/api/v1/sessions", "/", "/socket.io/")

    sent = [path for path in paths if REFRESH in asha.client.build_request("POST", path).headers.get("cookie", "")]

    assert sent == ["/api/v1/session", "/api/v1/session/refresh"]


async def test_the_refresh_token_stands_in_no_body(asha: Member) -> None:
    answers = [await asha.signs_in(), await asha.refreshes(), await asha.signs_out()]

    assert [answer for answer in answers if "refresh" in answer.text] == []


async def test_a_known_browser_is_known_wherever_a_password_is_asked_for_and_to_no_script(asha: Member) -> None:
    cookie = set_by(await asha.signs_in())[DEVICE]
    paths = ("/api/v1/session", "/api/v1/sign-up", "/api/v1/invitation/accept", "/api/v1/password/forgotten")

    sent = [path for path in paths if DEVICE in asha.client.build_request("POST", path).headers.get("cookie", "")]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", str(365 * 24 * 3600))
    assert sent == list(paths)


@pytest.mark.parametrize(("url", "is_secure"), [("https://parley.test", True), ("http://parley.test", False)])
async def test_cookies_are_kept_to_https_where_parley_is_served_by_it(
    settings: Settings, clock: VirtualClock, url: str, is_secure: bool
) -> None:
    async with running_hub(replace(settings, public_url=url), clock=clock) as hub:
        asha = await sign_up(hub)

        cookies = set_by(await asha.signs_in())

    assert {name: bool(cookie["secure"]) for name, cookie in cookies.items()} == {REFRESH: is_secure, DEVICE: is_secure}


async def test_signing_out_takes_the_cookie_away(asha: Member) -> None:
    answer = await asha.signs_out()

    cookie = set_by(answer)[REFRESH]
    assert (answer.status_code, cookie.value, cookie["max-age"]) == (204, "", "0")
    assert cookie["path"] == "/api/v1/session"
    assert asha.cookie == ""


async def test_the_browser_stays_known_after_signing_out(asha: Member) -> None:
    await asha.signs_out()

    assert asha.device


@pytest.mark.parametrize("request_", [("POST", "/session/refresh", {}), ("DELETE", "/session", None)])
async def test_a_page_of_somebody_else_can_neither_refresh_nor_sign_out(asha: Member, request_: Any) -> None:
    answers = [await asha.asks(*request_, sec_fetch_site=site) for site in FOREIGN]

    assert {code_of(answer) for answer in answers} == {(403, "foreign_page")}
    assert (await asha.refreshes()).is_success


@pytest.mark.parametrize("site", ["same-origin", "none"])
async def test_our_own_pages_and_people_who_type_an_address_can(asha: Member, site: str) -> None:
    well(await asha.asks("POST", "/session/refresh", {}, sec_fetch_site=site))

    assert (await asha.asks("DELETE", "/session", sec_fetch_site=site)).status_code == 204


async def test_a_form_of_another_site_is_not_read(asha: Member) -> None:
    paths = ("/session", "/session/refresh", "/session/second-factor", "/sign-up")
    form: dict[str, Any] = {"content": "{}", "headers": {"content-type": "text/plain"}}

    answers = [await asha.client.post(f"/api/v1{path}", **form) for path in paths]

    assert {code_of(answer) for answer in answers} == {(415, "unsupported_type")}


async def test_no_other_origin_is_let_in(asha: Member) -> None:
    answer = await asha.asks("POST", "/session/refresh", {}, origin="https://evil.test")

    assert [name for name in answer.headers if name.startswith("access-control-")] == []


async def test_answers_with_tokens_are_kept_by_nobody_on_the_way(asha: Member) -> None:
    answers = [await asha.signs_in(), await asha.refreshes()]

    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}


async def test_two_people_at_one_browser_take_turns(hub: Hub, asha: Member) -> None:
    ben = await join(asha, "ben@example.test")
    asha.email, before = ben.email, asha.session

    well(await asha.signs_in())

    assert (await asha.does("GET", "/me"))["member_id"] == ben.id
    assert asha.session != before
