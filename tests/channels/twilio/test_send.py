"""What goes to Twilio, and what its answers are taken for."""

from datetime import timedelta

import pytest

from channels.base import (
    Access,
    Address,
    Content,
    IdentityKind,
    Media,
    Out,
    Outbound,
    Place,
    Receipt,
    Refused,
    TemplateUse,
    Unsure,
)
from channels.twilio.channel import SMS, WHATSAPP
from channels.twilio.failures import FAILURES
from tests.channels.twilio.stage import LINE, PERSON, SECOND, SERVICE, VALUES, WEBHOOK, TwilioStage
from tests.clock import MORNING
from tests.fakes.loopback import answer, listening, says
from tests.fakes.twilio.running import RunningTwilio

GATE = Place(latitude=52.5163, longitude=13.3777, name="Brandenburg Gate", address="Pariser Platz, Berlin")
PLAN = Media(type="image/png", name="plan.png", url="https://parley.test/files/x", file="f-1")
HELLO = TemplateUse(name=f"HX{'1' * 32}", language="en", values=("Asha", "Tuesday"))
Form = dict[str, list[str]]


async def send_to(out: Out, *parts: bytes) -> Receipt:
    """Send a message to a server that says this."""
    async with listening(says(*parts)) as server:
        access = Access("line-1", LINE, {**VALUES, "url": server.url}, names=(LINE,), webhook=WEBHOOK)
        return await SMS.send(out, access, Outbound(id="c-1", to=PERSON, content=Content(text="Yes, it is.")))


async def sent(stage: TwilioStage, out: Out, said: Content, *, sender: str = "") -> Form:
    """What of it arrives."""
    await stage.channel.send(out, stage.access, stage.message("c-1", said, sender=sender))
    [taken] = stage.twilio.sent
    return taken.form


@pytest.mark.parametrize(
    ("said", "form"),
    [
        (Content(text="Yes"), {"Body": ["Yes"]}),
        (Content(text="Yes", media=(PLAN, PLAN)), {"Body": ["Yes"], "MediaUrl": [PLAN.url] * 2}),
    ],
    ids=["text", "files"],
)
async def test_all_that_a_text_message_says_arrives(stage: TwilioStage, out: Out, said: Content, form: Form) -> None:
    about = {"To": [PERSON.value], "From": [LINE], "StatusCallback": [f"{WEBHOOK}?m=c-1"]}

    assert await sent(stage, out, said) == {**about, **form}


@pytest.mark.parametrize(
    ("said", "form"),
    [
        (Content(text="Yes"), {"Body": ["Yes"]}),
        (
            Content(text="Here", place=GATE),
            {
                "Body": ["Here\nBrandenburg Gate, Pariser Platz, Berlin"],
                "PersistentAction": ["geo:52.5163,13.3777|Brandenburg Gate"],
            },
        ),
        (
            Content(place=Place(latitude=0.0, longitude=0.0)),
            {"Body": ["0.0,0.0"], "PersistentAction": ["geo:0.0,0.0"]},
        ),
        (
            Content(template=HELLO),
            {"ContentSid": [HELLO.name], "ContentVariables": ['{"1":"Asha","2":"Tuesday"}']},
        ),
        (
            Content(template=TemplateUse(name=HELLO.name, language="en", values=("Asha",), names=("first_name",))),
            {"ContentSid": [HELLO.name], "ContentVariables": ['{"first_name":"Asha"}']},
        ),
        (Content(template=TemplateUse(name=HELLO.name, language="en")), {"ContentSid": [HELLO.name]}),
    ],
    ids=["text", "place", "place_without_a_name", "template", "template_by_names", "template_without_blanks"],
)
async def test_all_that_a_whatsapp_message_says_arrives(
    twilio: RunningTwilio, out: Out, said: Content, form: Form
) -> None:
    about = {"To": [f"whatsapp:{PERSON.value}"], "From": [f"whatsapp:{LINE}"], "StatusCallback": [f"{WEBHOOK}?m=c-1"]}

    assert await sent(TwilioStage.of(twilio, WHATSAPP.provider), out, said) == {**about, **form}


@pytest.mark.parametrize(
    ("value", "to"),
    [
        ("GB.13491208655302741918", "whatsapp:GB.13491208655302741918"),
        ("447700900123", "whatsapp:+447700900123"),
        ("+447700900123", "whatsapp:+447700900123"),
    ],
)
async def test_people_of_whatsapp_are_reached_by_whatever_is_known_of_them(
    twilio: RunningTwilio, out: Out, value: str, to: str
) -> None:
    stage = TwilioStage.of(twilio, WHATSAPP.provider)
    address = Address(kind=IdentityKind.WHATSAPP, value=value)

    await stage.channel.send(out, stage.access, Outbound(id="c-1", to=address, content=Content(text="Yes")))

    assert [one.first("To") for one in twilio.sent] == [to]


async def test_it_goes_out_from_the_number_that_they_know(stage: TwilioStage, out: Out) -> None:
    assert (await sent(stage, out, Content(text="Yes"), sender=SECOND))["From"] == [SECOND]


async def test_a_messaging_service_chooses_the_number_itself(stage: TwilioStage, out: Out) -> None:
    stage.twilio.services[SERVICE] = {}

    await stage.channel.send(out, stage.of_service, stage.message("c-1", sender=SECOND))

    [taken] = stage.twilio.sent
    assert (taken.first("MessagingServiceSid"), taken.first("From")) == (SERVICE, "")


async def test_an_id_of_ours_cannot_say_anything_else(stage: TwilioStage, out: Out) -> None:
    id = "c&m=x/../#?%é"

    await stage.channel.send(out, stage.access, stage.message(id))

    assert stage.taken(id) == 1


@pytest.mark.parametrize("code", sorted(code for code in FAILURES if code.isdigit()))
async def test_every_code_of_the_catalogue_is_understood(stage: TwilioStage, out: Out, code: str) -> None:
    said = answer(b'{"code":%s,"message":"No","status":400}' % code.encode(), status="400 Bad Request")

    with pytest.raises(Refused) as caught:
        await send_to(out, said)

    assert caught.value.failure == FAILURES[code]


@pytest.mark.parametrize(
    ("to", "code"), [("+15005550001", "21211"), ("+15005550003", "21408"), ("+15005550004", "21610")]
)
async def test_the_numbers_by_which_twilio_lets_one_try_are_refused(
    stage: TwilioStage, out: Out, to: str, code: str
) -> None:
    address = Address(kind=IdentityKind.PHONE, value=to)

    with pytest.raises(Refused) as caught:
        await stage.channel.send(out, stage.access, Outbound(id="c-1", to=address, content=Content(text="Yes")))

    assert caught.value.failure == FAILURES[code]


async def test_whoever_has_opted_out_is_refused_for_good(stage: TwilioStage, out: Out) -> None:
    stage.twilio.handles_opt_out = True
    await stage.twilio.say(PERSON.value, LINE, "STOP")

    with pytest.raises(Refused) as caught:
        await stage.channel.send(out, stage.access, stage.message("c-1"))

    assert (caught.value.failure.suppresses, caught.value.failure.means) == (True, "opted_out")


async def test_a_limit_says_how_long_to_wait(stage: TwilioStage, out: Out) -> None:
    stage.twilio.mood("refuse", code="20429", wait_s=30)

    with pytest.raises(Refused) as caught:
        await stage.channel.send(out, stage.access, stage.message("c-1"))

    assert caught.value.failure.is_passing
    assert caught.value.retry_after == timedelta(seconds=30)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("302 Found", "wrong_url"),
        ("404 Not Found", "wrong_url"),
        ("401 Unauthorized", "wrong_key"),
        ("429 Too Many Requests", "rate_limited"),
    ],
)
async def test_a_bare_no_is_a_no(out: Out, status: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        await send_to(out, answer(b"<html>no</html>", status=status, headers="Retry-After: soon\r\n"))

    assert caught.value.failure == FAILURES[code]


async def test_what_has_failed_at_once_is_a_no(out: Out) -> None:
    said = answer(b'{"sid":"SM1","status":"failed","error_code":30034}', status="201 Created")

    with pytest.raises(Refused, match="30034"):
        await send_to(out, said)


async def test_that_it_is_too_much_for_now_is_said_by_the_status_of_a_code_that_nobody_knows(out: Out) -> None:
    with pytest.raises(Refused) as caught:
        await send_to(out, answer(b'{"code":29999,"status":429}', status="429 Slow", headers="Retry-After: 7\r\n"))

    assert (caught.value.failure, caught.value.retry_after) == (FAILURES["rate_limited"], timedelta(seconds=7))


@pytest.mark.parametrize(
    "said",
    [
        answer(b'{"status":"queued"}', status="201 Created"),
        answer(b'{"code":21211,"status":400}'),
        answer(b"[" * 100_000),
        answer(b"", status="204 No Content"),
        answer(b"", status="408 Timeout"),
        answer(b'{"code":20500,"status":500}', status="500 Oh"),
        answer(b'{"code":21610,"status":502}', status="502 Bad Gateway"),
        answer(b'{"sid":"SM1"}', status="201 Created")[:-4],
        b"HTTP/1.1 2",
    ],
    ids=range(9),
)
async def test_what_is_neither_yes_nor_no_is_unsure(out: Out, said: bytes) -> None:
    with pytest.raises(Unsure):
        await send_to(out, said)


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, ""),
        ({"messaging_service_sid": SERVICE}, ""),
        ({"account_sid": "AC../../x"}, "account SID"),
        ({"messaging_service_sid": "MG1"}, "messaging service"),
        ({"numbers": f"{SECOND} +030"}, "+030"),
    ],
    ids=range(5),
)
def test_fields_that_make_no_sense_are_told_in_words(values: dict[str, str], wrong: str) -> None:
    assert wrong in SMS.complaint({**VALUES, **values})
    assert bool(SMS.complaint({**VALUES, **values})) == bool(wrong)


async def test_from_which_number_it_goes_is_told_unless_a_service_still_chooses(stage: TwilioStage, out: Out) -> None:
    stage.twilio.services[SERVICE] = {}

    by_number = await stage.channel.send(out, stage.access, stage.message("c-1", sender=SECOND))
    by_service = await stage.channel.send(out, stage.of_service, stage.message("c-2", sender=SECOND))

    assert (by_number.sender, by_service.sender) == (SECOND, "")


async def test_a_limit_counts_the_last_second_and_says_how_long_to_wait(stage: TwilioStage, out: Out) -> None:
    stage.twilio.mood("limit", count=1, wait_s=7, times=None)
    await stage.channel.send(out, stage.access, stage.message("c-1"))

    with pytest.raises(Refused) as caught:
        await stage.channel.send(out, stage.access, stage.message("c-2"))
    stage.twilio.now = lambda: MORNING + timedelta(seconds=1)
    await stage.channel.send(out, stage.access, stage.message("c-2"))

    assert (caught.value.failure.is_passing, caught.value.retry_after) == (True, timedelta(seconds=7))
    assert [sent.ours for sent in stage.twilio.sent] == ["c-1", "c-2"]


async def test_what_was_taken_and_not_answered_is_told_of_by_our_id(stage: TwilioStage, out: Out) -> None:
    stage.twilio.follows = ("sent",)
    stage.twilio.mood("early")
    stage.twilio.mood("hang_up")

    with pytest.raises(Unsure):
        await stage.channel.send(out, stage.access, stage.message("c-1"))

    assert [(told.fields["MessageStatus"], told.url) for told in stage.twilio.told] == [("sent", f"{WEBHOOK}?m=c-1")]
