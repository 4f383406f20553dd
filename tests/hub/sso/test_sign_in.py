"""Signing in by an account's provider: a real one, at its own forms, and the hub as it ships."""

import asyncio
from dataclasses import replace

from tests.fakes.dns import NameServer
from tests.fakes.oidc.browser import sign_in_at
from tests.fakes.oidc.running import running_provider
from tests.hub.sessions.people import Member, join, sign_in, sign_up
from tests.hub.sso.businesses import (
    AT_PROVIDER,
    CALLBACK,
    CHITRA,
    DEV,
    EVA,
    FAY,
    REGISTERED_HERE,
    begin,
    come_back,
    enters,
    entries,
    prove,
    question_of,
    refusal,
    set_up,
    signs_in,
)
from tests.hubs import ORIGIN, Hub
from tests.people import code_of


async def ready(owner: Member, names: NameServer, company: str, **more: str) -> None:
    """A provider, and a domain of the account's own."""
    await set_up(owner, company, **more)
    await prove(owner, names)


async def test_new_colleague_lands_as_a_member(hub: Hub, owner: Member, names: NameServer, company: str) -> None:
    await ready(owner, names, company, default_role="editor")

    chitra = await enters(Member(hub, CHITRA.email), company)

    me = await chitra.does("GET", "/me")
    assert (me["account_id"], me["email"], me["name"], me["role"]) == (
        owner.account,
        CHITRA.email,
        CHITRA.name,
        "editor",
    )


async def test_second_time_is_the_same_member(hub: Hub, owner: Member, names: NameServer, company: str) -> None:
    await ready(owner, names, company)
    first = await enters(Member(hub, CHITRA.email), company)

    second = await enters(Member(hub, CHITRA.email), company)

    assert first.id == second.id
    assert len((await owner.does("GET", "/members"))["items"]) == 2


async def test_first_sign_ins_at_the_same_moment_make_one_member(
    hub: Hub, owner: Member, names: NameServer, company: str
) -> None:
    await ready(owner, names, company)
    browsers = [Member(hub, DEV.email) for _ in range(5)]
    places = [await sign_in_at(company, await begin(browser), DEV.email) for browser in browsers]

    answers = await asyncio.gather(*map(come_back, browsers, places))

    assert {answer.headers["location"] for answer in answers} == {f"{ORIGIN}/sign-in"}
    assert len((await owner.does("GET", "/members"))["items"]) == 2


async def test_account_can_be_named_instead_of_an_address(
    hub: Hub, owner: Member, names: NameServer, company: str
) -> None:
    await ready(owner, names, company)

    chitra = await enters(Member(hub, CHITRA.email), company, account_id=owner.account)

    assert chitra.account == owner.account


async def test_member_by_password_comes_in_by_the_provider_as_the_same(hub: Hub, owner: Member, company: str) -> None:
    await set_up(owner, company)
    by_password = await join(owner, EVA.email)

    by_provider = await enters(Member(hub, EVA.email), company, account_id=owner.account)

    assert by_provider.id == by_password.id


async def test_owner_comes_in_by_the_provider_and_the_log_shows_it(hub: Hub, names: NameServer, company: str) -> None:
    owner = await sign_up(hub, CHITRA.email)
    await set_up(owner, company)

    again = await enters(Member(hub, CHITRA.email), company, account_id=owner.account)

    [entry] = await entries(hub, "session.sso")
    assert again.id == owner.id
    assert (entry["account"], entry["target"]["member"], entry["status"]) == (owner.account, owner.id, 303)


async def test_address_of_another_domain_does_not_get_in(
    hub: Hub, owner: Member, names: NameServer, company: str
) -> None:
    await ready(owner, names, company)

    answer = await signs_in(Member(hub, EVA.email), company, account_id=owner.account)

    assert refusal(answer) == "sso_not_invited"


async def test_address_that_the_provider_has_not_verified_does_not_get_in(
    hub: Hub, owner: Member, names: NameServer, company: str
) -> None:
    await ready(owner, names, company)
    await join(owner, FAY.email)

    answer = await signs_in(Member(hub, FAY.email), company)

    assert refusal(answer) == "sso_not_invited"


async def test_claim_that_is_not_proved_lets_nobody_in(hub: Hub, owner: Member, company: str) -> None:
    await set_up(owner, company)
    await owner.does("POST", "/account/sso/domains", {"domain": "acme.test"})

    by_address = await Member(hub).asks("POST", "/session/sso", {"email": CHITRA.email})
    by_account = await signs_in(Member(hub, CHITRA.email), company, account_id=owner.account)

    assert code_of(by_address) == (404, "no_sso")
    assert refusal(by_account) == "sso_not_invited"


async def test_answer_is_good_once(hub: Hub, owner: Member, names: NameServer, company: str) -> None:
    await ready(owner, names, company)
    browser = Member(hub, CHITRA.email)
    place = await sign_in_at(company, await begin(browser), browser.email)
    await come_back(browser, place)

    answer = await come_back(browser, place)

    assert refusal(answer) == "slip_spent"


async def test_answer_of_another_browser_is_refused_and_stays_good_in_its_own(
    hub: Hub, owner: Member, names: NameServer, company: str
) -> None:
    await ready(owner, names, company)
    browser, stranger = Member(hub, CHITRA.email), Member(hub, CHITRA.email)
    await begin(stranger)
    place = await sign_in_at(company, await begin(browser), browser.email)

    refused = [await come_back(one, place) for one in (Member(hub), stranger)]

    assert [refusal(answer) for answer in refused] == ["sso_refused", "sso_refused"]
    assert (await come_back(browser, place)).headers["location"] == f"{ORIGIN}/sign-in"


async def test_code_of_another_sign_in_is_refused(hub: Hub, owner: Member, names: NameServer, company: str) -> None:
    await ready(owner, names, company)
    browser = Member(hub, CHITRA.email)
    code = question_of(await sign_in_at(company, await begin(browser), browser.email))["code"]
    state = question_of(await begin(browser))["state"]

    answer = await come_back(browser, f"{ORIGIN}{CALLBACK}?code={code}&state={state}&iss={company}")

    assert refusal(answer) == "sso_refused"


async def test_whoever_the_provider_does_not_let_in_is_told_so(
    hub: Hub, owner: Member, names: NameServer, company: str
) -> None:
    await ready(owner, names, company)

    answer = await signs_in(Member(hub, "nobody@acme.test"), company)

    assert refusal(answer) == "sso_refused"
    [entry] = await entries(hub, "session.sso")
    assert (entry["account"], entry["status"]) == (owner.account, 401)


async def test_two_tabs_sign_in_at_the_same_time(hub: Hub, owner: Member, names: NameServer, company: str) -> None:
    await ready(owner, names, company)
    browser = Member(hub, CHITRA.email)
    places = [await sign_in_at(company, await begin(browser), browser.email) for _ in range(2)]

    answers = [await come_back(browser, place) for place in places]

    assert [answer.headers["location"] for answer in answers] == [f"{ORIGIN}/sign-in"] * 2


async def test_provider_of_one_account_lets_nobody_into_another(hub: Hub, owner: Member, company: str) -> None:
    await set_up(owner, company)
    other = await sign_up(hub, "owner@elsewhere.test", name="Elsewhere")
    for account in (owner, other):
        await join(account, EVA.email)

    eva = await enters(Member(hub, EVA.email), company, account_id=owner.account)

    assert [one["id"] for one in eva.accounts] == [owner.account]
    assert code_of(await eva.refreshes(other.account)) == (403, "no_membership")


async def test_two_accounts_have_providers_of_their_own(
    hub: Hub, owner: Member, names: NameServer, company: str
) -> None:
    await ready(owner, names, company)
    other = await sign_up(hub, "owner@elsewhere.test", name="Elsewhere")
    impostor = replace(CHITRA, email=EVA.email)
    async with running_provider([impostor], REGISTERED_HERE) as issuer:
        await set_up(other, issuer)
        await prove(other, names, "elsewhere.test")

        chitra, eva = await enters(Member(hub, CHITRA.email), company), await enters(Member(hub, EVA.email), issuer)

    assert (chitra.account, eva.account) == (owner.account, other.account)
    assert chitra.id != eva.id


async def test_answer_of_one_provider_is_not_taken_to_another(
    hub: Hub, owner: Member, names: NameServer, company: str
) -> None:
    await ready(owner, names, company)
    browser = Member(hub, CHITRA.email)
    state = question_of(await begin(browser))["state"]
    async with running_provider(AT_PROVIDER, REGISTERED_HERE) as elsewhere:
        answer = await come_back(browser, f"{ORIGIN}{CALLBACK}?code=c&state={state}&iss={elsewhere}")

    assert refusal(answer) == "sso_refused"


async def test_nothing_is_begun_after_the_account_was_closed(
    hub: Hub, owner: Member, names: NameServer, company: str
) -> None:
    await ready(owner, names, company)
    browser = Member(hub, CHITRA.email)
    place = await sign_in_at(company, await begin(browser), browser.email)
    await owner.does("POST", "/account/close", {"name": "Acme"})

    begun = await Member(hub).asks("POST", "/session/sso", {"email": CHITRA.email})
    ended = await come_back(browser, place)

    assert code_of(begun) == (404, "no_sso")
    assert refusal(ended) == "no_sso"


async def test_password_of_an_account_that_offers_both_goes_on(hub: Hub, owner: Member, company: str) -> None:
    await set_up(owner, company)

    again = await sign_in(hub, owner.email)

    assert (await again.does("GET", "/account"))["id"] == owner.account
