"""Setting an authenticator app up, taking it away, and new recovery codes."""

import asyncio
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from tests.clock import VirtualClock
from tests.hub.sessions.apps import begin_app, set_up_app, shows_code
from tests.hub.sessions.logs import entries
from tests.hub.sessions.people import EMAIL, Member, join, sign_in, sign_up
from tests.hubs import Hub
from tests.people import PASSWORD, code_of, well

WRONG, SPENT, STANDS = (401, "wrong_code"), (422, "slip_spent"), (409, "codes_stand")
NEW_PASSWORD = "staple paper clip"


async def confirm(member: Member, ticket: str, code: str) -> tuple[int, str]:
    """How confirming was answered."""
    answer = await member.asks("POST", "/me/codes/confirm", {"ticket": ticket, "code": code})
    return (200, "") if answer.is_success else code_of(answer)


async def test_an_app_is_set_up_by_its_secret_or_by_what_a_camera_reads(asha: Member) -> None:
    begun = await asha.does("POST", "/me/codes")

    uri = urlsplit(begun["uri"])
    said = parse_qs(uri.query)
    assert (uri.scheme, uri.netloc, unquote(uri.path)) == ("otpauth", "totp", f"/Parley:{EMAIL}")
    assert (said["secret"], said["issuer"], len(begun["secret"])) == ([begun["secret"]], ["Parley"], 32)


async def test_nothing_changes_before_the_app_has_shown_that_it_works(hub: Hub, asha: Member) -> None:
    await begin_app(asha)

    assert await (await sign_in(hub)).is_in()
    assert (await asha.does("GET", "/me"))["has_codes"] is False


async def test_an_app_that_works_is_asked_from_then_on(hub: Hub, asha: Member) -> None:
    await set_up_app(asha)

    said = well(await Member(hub).signs_in())

    me = await asha.does("GET", "/me")
    assert said["state"] == "second_factor"
    assert (me["has_codes"], me["recovery_codes_left"]) == (True, 10)


async def test_the_session_that_has_set_it_up_has_shown_it(asha: Member) -> None:
    await set_up_app(asha)

    [session] = (await asha.does("GET", "/me/sessions"))["items"]
    assert session["proofs"] == ["password", "code"]


@pytest.mark.parametrize("steps", [-2, 2])
async def test_confirming_takes_a_fresh_code(asha: Member, steps: int) -> None:
    app, ticket = await begin_app(asha)

    assert await confirm(asha, ticket, app.code(steps)) == WRONG
    assert await confirm(asha, ticket, app.wrong()) == WRONG
    assert await confirm(asha, ticket, app.code()) == (200, "")


async def test_a_ticket_to_confirm_with_is_good_for_a_quarter_of_an_hour(asha: Member, clock: VirtualClock) -> None:
    app, ticket = await begin_app(asha)
    await clock.advance(minutes=15)
    await asha.refreshes()

    assert await confirm(asha, ticket, app.code()) == SPENT


async def test_the_ticket_of_another_login_confirms_nothing(asha: Member) -> None:
    ben = await join(asha, "ben@example.test")
    app, ticket = await begin_app(ben)

    assert await confirm(asha, ticket, app.code()) == SPENT
    assert await confirm(ben, ticket, app.code()) == (200, "")


async def test_of_two_who_confirm_at_the_same_moment_one_sets_it_up(asha: Member) -> None:
    first, second = await begin_app(asha), await begin_app(asha)
    begun = [first, second, first, second]

    answers = await asyncio.gather(*(confirm(asha, ticket, app.code()) for app, ticket in begun))

    assert answers.count((200, "")) == 1
    assert {code for status, code in answers if status != 200} <= {"codes_stand", "slip_spent", "login_changed"}


async def test_a_second_app_comes_after_the_first_is_gone(asha: Member) -> None:
    app, ticket = await begin_app(asha)
    await set_up_app(asha)

    assert code_of(await asha.asks("POST", "/me/codes")) == STANDS
    assert await confirm(asha, ticket, app.code()) == STANDS


async def test_confirming_by_guessing_is_slowed_down(asha: Member) -> None:
    app, ticket = await begin_app(asha)

    answers = [await confirm(asha, ticket, app.wrong(by)) for by in range(1, 12)]

    assert answers == [WRONG] * 10 + [(429, "too_many")]


async def test_taking_it_away_takes_the_password(hub: Hub, asha: Member) -> None:
    await set_up_app(asha)

    refused = await asha.asks("POST", "/me/codes/remove", {"password": "wrong"})
    still = well(await Member(hub).signs_in())["state"]
    await asha.does("POST", "/me/codes/remove", {"password": PASSWORD})

    assert (code_of(refused), still) == ((401, "wrong_credentials"), "second_factor")
    assert await (await sign_in(hub)).is_in()


async def test_the_password_is_not_guessed_from_an_open_screen(asha: Member) -> None:
    await set_up_app(asha)

    answers = [await asha.asks("POST", "/me/codes/remove", {"password": f"guess {one}"}) for one in range(11)]

    assert [answer.status_code for answer in answers] == [401] * 10 + [429]


async def test_what_is_not_there_cannot_be_taken_away(asha: Member) -> None:
    removed = await asha.asks("POST", "/me/codes/remove", {"password": PASSWORD})
    renewed = await asha.asks("POST", "/me/codes/recovery", {"password": PASSWORD})

    assert code_of(removed) == code_of(renewed) == (409, "no_codes")


async def test_an_app_that_was_taken_away_and_set_up_anew_is_another(
    hub: Hub, asha: Member, clock: VirtualClock
) -> None:
    old = await set_up_app(asha)
    await asha.does("POST", "/me/codes/remove", {"password": PASSWORD})
    new = await set_up_app(asha)
    await clock.advance(seconds=30)

    assert old.secret != new.secret
    assert code_of(await shows_code(Member(hub), old.code())) == WRONG
    assert (await shows_code(Member(hub), new.code())).is_success


async def test_new_recovery_codes_take_the_password_and_the_place_of_the_old_ones(hub: Hub, asha: Member) -> None:
    app = await set_up_app(asha)
    refused = await asha.asks("POST", "/me/codes/recovery", {"password": "wrong"})

    new = (await asha.does("POST", "/me/codes/recovery", {"password": PASSWORD}))["codes"]

    assert code_of(refused) == (401, "wrong_credentials")
    assert len({*new, *app.recovery}) == 20
    assert code_of(await shows_code(Member(hub), app.recovery[0])) == WRONG
    assert (await shows_code(Member(hub), new[0])).is_success


async def test_the_password_changes_while_an_app_is_set_up(hub: Hub, asha: Member, clock: VirtualClock) -> None:
    app = await set_up_app(asha)

    await asha.does("POST", "/me/password", {"current": PASSWORD, "new": NEW_PASSWORD})
    await clock.advance(seconds=30)

    away = Member(hub)
    ticket = well(await away.signs_in(NEW_PASSWORD))["ticket"]
    assert (await shows_code(away, app.code(), ticket)).is_success


async def test_neither_secret_nor_codes_are_in_the_audit_log(hub: Hub, asha: Member) -> None:
    app = await set_up_app(asha)
    await asha.does("POST", "/me/codes/recovery", {"password": PASSWORD})
    await asha.does("POST", "/me/codes/remove", {"password": PASSWORD})

    log = await entries(hub, asha.account)

    assert [one["action"] for one in log[-4:]] == ["codes.begin", "codes.confirm", "codes.renew", "codes.remove"]
    assert not [secret for secret in (app.secret, *app.recovery, PASSWORD) if secret in str(log)]


async def test_an_app_belongs_to_the_login_and_is_asked_for_in_all_its_accounts(hub: Hub, asha: Member) -> None:
    cleo = await sign_up(hub, "cleo@example.test", name="Zenith")
    await join(cleo, EMAIL)
    await set_up_app(asha)

    said = [well(await Member(hub).signs_in(account=account)) for account in (asha.account, cleo.account)]

    assert [(one["state"], one["access"]) for one in said] == [("second_factor", None)] * 2


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 403)])
async def test_an_app_is_set_up_only_by_who_has_signed_in_a_short_while_ago(
    hub: Hub, asha: Member, clock: VirtualClock, minutes: int, status: int
) -> None:
    await clock.advance(minutes=minutes)
    await asha.refreshes()

    assert (await asha.asks("POST", "/me/codes")).status_code == status
