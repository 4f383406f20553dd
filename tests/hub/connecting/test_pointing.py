"""The webhook of a line: set at its provider by us, or by hand."""

from tests.hub.connecting.desk import Desk
from tests.people import code_of


async def test_what_comes_in_arrives_once_parley_has_set_the_webhook(desk: Desk) -> None:
    line = await desk.connect()
    desk.sandbox.connect(line["address"], client=desk.hub.client)

    said = await desk.points(line)
    [told] = await desk.sandbox.say("+4915112345678", line["address"], "Hello")

    assert said["outcome"] == "taken"
    assert desk.sandbox.line(line["address"]).webhook == line["webhook_url"]
    assert told.answers == [200]


async def test_a_provider_that_does_not_know_the_key_says_so(desk: Desk) -> None:
    line = await desk.connect(key="another key")

    said = await desk.points(line)

    assert (said["outcome"], bool(said["advice"])) == ("refused", True)
    assert desk.sandbox.line(line["address"]).webhook == ""


async def test_a_provider_that_is_away_changes_nothing(desk: Desk) -> None:
    line = await desk.connect()

    async with desk.sandbox.gone():
        said = await desk.points(line)

    assert said["outcome"] == "unreachable"


async def test_without_an_api_for_it_the_refusal_says_what_to_enter(desk: Desk) -> None:
    wanted = {"provider": "widget", "name": "Site", "address": "acme.test", "values": {"origins": "https://acme.test"}}
    line = await desk.owner.does("POST", "/lines", wanted)

    answer = await desk.owner.asks("POST", f"/lines/{line['id']}/point")

    assert code_of(answer) == (422, "webhook_by_hand")
    assert answer.json()["error"]["data"]["webhook_url"] == line["webhook_url"]


async def test_a_mailbox_has_no_webhook_and_the_refusal_says_how_mail_comes_in(desk: Desk) -> None:
    values = {"host": "127.0.0.1", "security": "none"}
    wanted = {"provider": "smtp_email", "name": "Sales", "address": "sales@acme.test", "values": values}
    line = await desk.owner.does("POST", "/lines", wanted)

    answer = await desk.owner.asks("POST", f"/lines/{line['id']}/point")

    error = answer.json()["error"]
    assert (error["code"], error["data"]["webhook_url"]) == ("webhook_by_hand", "")
    assert error["message"].startswith("Nothing comes in on this line by a webhook. ")
    assert error["message"].endswith(error["data"]["where"])


async def test_channels_say_what_parley_can_do_for_their_lines(desk: Desk) -> None:
    channels = {one["provider"]: one for one in (await desk.owner.does("GET", "/channels"))["items"]}

    assert [channels[name]["can_point"] for name in ("sandbox_sms", "widget")] == [True, False]
    assert [channels[name]["can_check"] for name in ("sandbox_sms", "widget")] == [True, True]
    assert [channels[name]["counts_segments"] for name in ("sandbox_sms", "sandbox_whatsapp")] == [True, False]
    assert channels["sandbox_sms"]["pointing"]
