"""What owners set up: the domains that are their account's own."""

import asyncio

from tests.fakes.dns import NameServer
from tests.hub.sessions.people import Member, join, sign_up
from tests.hub.sso.businesses import DOMAINS, claim, prove, publish
from tests.hubs import Hub
from tests.people import code_of


async def test_claim_is_answered_with_the_record_that_proves_it(owner: Member) -> None:
    claimed = await claim(owner, " ACME.test. ")

    record = claimed["record"]
    assert (claimed["domain"], claimed["proved_at"]) == ("acme.test", None)
    assert (record["type"], record["name"]) == ("TXT", "_parley.acme.test")
    assert record["content"].startswith("parley-verification=")


async def test_domain_is_proved_once_the_record_is_there(owner: Member, names: NameServer) -> None:
    claimed = await claim(owner)
    before = await owner.asks("POST", f"{DOMAINS}/{claimed['id']}/prove")
    publish(names, claimed)

    after = await owner.does("POST", f"{DOMAINS}/{claimed['id']}/prove")

    assert code_of(before) == (422, "domain_unproved")
    assert after["proved_at"]
    assert (await owner.does("GET", DOMAINS))["items"] == [after]


async def test_what_is_no_domain_is_refused(owner: Member) -> None:
    answer = await owner.asks("POST", DOMAINS, {"domain": "https://acme.test"})

    assert code_of(answer) == (422, "bad_domain")


async def test_domain_is_claimed_once(owner: Member) -> None:
    await claim(owner)

    answer = await owner.asks("POST", DOMAINS, {"domain": "acme.test"})

    assert code_of(answer) == (409, "domain_claimed")


async def test_claim_that_is_sent_again_is_answered_again(owner: Member) -> None:
    first = await owner.asks("POST", DOMAINS, {"domain": "acme.test"}, idempotency_key="one")

    second = await owner.asks("POST", DOMAINS, {"domain": "acme.test"}, idempotency_key="one")

    assert (first.status_code, first.json()) == (201, second.json())


async def test_proof_of_one_account_is_none_for_another(hub: Hub, owner: Member, names: NameServer) -> None:
    await prove(owner, names)
    other = await sign_up(hub, "owner@elsewhere.test", name="Elsewhere")
    claimed = await claim(other)

    answer = await other.asks("POST", f"{DOMAINS}/{claimed['id']}/prove")

    assert code_of(answer) == (422, "domain_unproved")


async def test_domain_belongs_to_one_account(hub: Hub, owner: Member, names: NameServer) -> None:
    await prove(owner, names)
    other = await sign_up(hub, "owner@elsewhere.test", name="Elsewhere")
    claimed = await claim(other)
    publish(names, claimed)

    answer = await other.asks("POST", f"{DOMAINS}/{claimed['id']}/prove")

    assert code_of(answer) == (409, "domain_taken")


async def test_domain_that_has_changed_hands_goes_to_whoever_keeps_its_names(
    hub: Hub, owner: Member, names: NameServer
) -> None:
    lost = await prove(owner, names)
    names.texts = {}
    other = await sign_up(hub, "owner@elsewhere.test", name="Elsewhere")

    await prove(other, names)

    [before] = (await owner.does("GET", DOMAINS))["items"]
    assert (before["id"], before["proved_at"]) == (lost, None)
    assert (await other.does("GET", DOMAINS))["items"][0]["proved_at"]


async def test_of_two_accounts_that_prove_it_at_the_same_moment_one_has_it(
    hub: Hub, owner: Member, names: NameServer
) -> None:
    other = await sign_up(hub, "owner@elsewhere.test", name="Elsewhere")
    claims = [await claim(one) for one in (owner, other)]
    for claimed in claims:
        publish(names, claimed)

    answers = await asyncio.gather(
        *(one.asks("POST", f"{DOMAINS}/{its['id']}/prove") for one, its in zip((owner, other), claims, strict=True))
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_domain_that_was_given_up_can_be_proved_by_another(hub: Hub, owner: Member, names: NameServer) -> None:
    given_up = await prove(owner, names)
    other = await sign_up(hub, "owner@elsewhere.test", name="Elsewhere")
    await owner.does("DELETE", f"{DOMAINS}/{given_up}")

    await prove(other, names)

    assert (await owner.does("GET", DOMAINS))["items"] == []
    assert (await other.does("GET", DOMAINS))["items"][0]["proved_at"]


async def test_domain_of_another_account_does_not_exist(hub: Hub, owner: Member, names: NameServer) -> None:
    theirs = await prove(owner, names)
    other = await sign_up(hub, "owner@elsewhere.test", name="Elsewhere")

    answers = [
        await other.asks("POST", f"{DOMAINS}/{theirs}/prove"),
        await other.asks("DELETE", f"{DOMAINS}/{theirs}"),
    ]

    assert [code_of(answer) for answer in answers] == [(404, "no_such_domain")] * 2


async def test_domains_are_for_owners(owner: Member) -> None:
    admin = await join(owner, "admin@acme.test", "admin")

    answers = [await admin.asks("GET", DOMAINS), await admin.asks("POST", DOMAINS, {"domain": "acme.test"})]

    assert [code_of(answer) for answer in answers] == [(403, "forbidden")] * 2


async def test_domain_is_proved_by_the_record_and_stays_so_when_asked_again(owner: Member, names: NameServer) -> None:
    id = await prove(owner, names)

    again = await owner.does("POST", f"{DOMAINS}/{id}/prove")

    assert again["proved_at"]
