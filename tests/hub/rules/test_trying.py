"""A dry run: what a rule would have done, which is what it does; and nothing is written."""

from typing import Any

from hub.access import Permission
from hub.threads.ownership import take_over
from tests.contracts.matrix import Sent
from tests.hub.accounts.staff import hire
from tests.hub.rules.ruled import HELLO, TAG, UNTAG, condition, make, ran, wanted
from tests.hub.sending.scene import Scene
from tests.hubs import running_hub
from tests.people import Person, join, sign_in

WRITES = {"insert", "update", "delete", "findAndModify", "bulkWrite", "commitTransaction"}
PRICE = condition("text", "contains", "price")


async def tried(scene: Scene, rule: Any) -> Any:
    """What it would have done in the only conversation."""
    [one] = (await scene.owner.does("POST", "/rules/dry-run", rule))["items"]
    return one


async def test_it_shows_the_entry_and_what_would_be_done(scene: Scene) -> None:
    entry = await scene.hears("What is the price?")

    one = await tried(scene, wanted("message_received", HELLO, TAG, only_if=[PRICE]))

    assert (one["person_name"], one["entry"]["id"], one["is_match"]) == ("Maja", entry.id, True)
    assert one["entry"]["content"]["text"] == "What is the price?"
    assert one["would"] == [{"do": "send", "refused": None}, {"do": "tag", "refused": None}]


async def test_it_shows_the_first_condition_that_was_not_so(scene: Scene) -> None:
    status, vip = condition("status", "is", "open"), condition("person_tag", "is", "vip")

    one = await tried(scene, wanted("message_received", TAG, only_if=[status, vip, PRICE]))

    assert (one["is_match"], one["because"], one["failed"], one["would"]) == (False, "condition", vip, [])


async def test_it_shows_where_nothing_of_the_kind_has_happened(scene: Scene) -> None:
    one = await tried(scene, wanted("survey_answered", TAG))

    assert (one["entry"], one["because"]) == (None, "no_entry")


async def test_it_shows_what_the_gate_would_say(scene: Scene) -> None:
    await scene.owner.does("POST", f"/people/{scene.someone.id}/block")

    one = await tried(scene, wanted("message_received", HELLO, {"do": "send", "text": "{{attribute.plan}}"}))

    assert [deed["refused"] for deed in one["would"]] == ["person_blocked", "blank_unfilled"]


async def test_a_kept_rule_does_not_answer_itself_there_either(scene: Scene) -> None:
    rule = await make(scene, "tagged", UNTAG, only_if=[condition("tag", "contains", "seen")])
    await make(scene, "message_received", TAG)
    await scene.hears("Hello")
    await scene.deps.background.settle()

    [one] = (await scene.owner.does("POST", f"/rules/{rule}/dry-run"))["items"]

    assert (one["because"], one["is_match"]) == ("own_entry", False)


async def test_nothing_at_all_is_written(scene: Scene) -> None:
    await scene.hears("What is the price?")
    await scene.deps.background.settle()
    rule, asked = await make(scene, "message_received", HELLO, TAG, only_if=[PRICE]), Sent()
    async with running_hub(scene.deps.settings, clock=scene.clock, listeners=[asked]) as other:
        owner = await sign_in(other, scene.owner.email)
        asked.take()

        one = await owner.does("POST", f"/rules/{rule}/dry-run")
        other_one = await owner.does("POST", "/rules/dry-run", wanted("message_received", HELLO, only_if=[PRICE]))

        commands = {next(iter(command)) for command in asked.take()}
    assert (one["matched"], other_one["matched"]) == (1, 1)
    assert "find" in commands
    assert not commands & WRITES


async def test_a_dry_run_tells_what_a_real_one_does(scene: Scene) -> None:
    texts = ["The price?", "Hello", "price", "What does it cost?"]
    filter = [PRICE, condition("tag", "is_not", "seen"), condition("waiting", "is", "yes")]
    rule = wanted("message_received", {"do": "set_priority", "priority": "high"}, TAG, only_if=filter)
    foreseen, done = [], []
    for text in texts:
        await scene.hears(text)
        foreseen.append((await tried(scene, rule))["is_match"])

    id = (await scene.owner.does("POST", "/rules", rule))["id"]
    for text in texts:
        before = len(await ran(scene))
        await scene.hears(text)
        done.append(len(await ran(scene)) > before)
        await scene.owner.does("POST", f"/threads/{(await scene.thread()).id}/tags", {"take_off": ["seen"]})

    assert id
    assert done == foreseen == [True, False, True, False]


async def test_it_shows_no_more_than_one_may_read(scene: Scene) -> None:
    role = await scene.owner.does(
        "POST",
        "/roles",
        {
            "name": "Rules",
            "grants": [
                {"permission": Permission.ACCOUNT_MANAGE},
                {"permission": Permission.THREADS_VIEW, "scope": "own"},
            ],
        },
    )
    keeper: Person = await join(scene.owner, "keeper@acme.test", role["id"])
    rule = wanted("message_received", TAG)
    hidden = await keeper.does("POST", "/rules/dry-run", rule)

    await take_over(scene.deps, await scene.thread(), scene.member, keeper.member)

    assert hidden == {"items": [], "matched": 0}
    assert (await keeper.does("POST", "/rules/dry-run", rule))["matched"] == 1


async def test_it_tells_nothing_of_people_whom_one_may_not_see(scene: Scene) -> None:
    grants = {"account.view": "all", "account.manage": "all", "threads.view": "all"}
    eve = await hire(scene.owner, "eve@acme.test", grants)
    ann = await hire(scene.owner, "ann@acme.test", {**grants, "people.view": "own"})
    await scene.owner.does("PATCH", f"/people/{scene.someone.id}/lead", {"score": 77})
    asking = wanted("message_received", TAG, only_if=[condition("lead_score", "gt", "76")])
    writing = wanted("message_received", {"do": "send", "text": "{{attribute.plan}}"})

    asked = [(await one.does("POST", "/rules/dry-run", asking))["items"][0] for one in (eve, ann)]
    written = (await eve.does("POST", "/rules/dry-run", writing))["items"][0]

    assert [(one["because"], one["is_match"], one["failed"]) for one in asked] == [("hidden", False, None)] * 2
    assert written["would"] == [{"do": "send", "refused": "hidden"}]
    assert (await tried(scene, asking))["is_match"]
