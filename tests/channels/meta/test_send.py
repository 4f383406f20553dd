"""What goes to WhatsApp, and what Meta's answers are taken for."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from channels.base import (
    Access,
    Address,
    ButtonUse,
    Card,
    Choice,
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
from channels.meta.channel import MetaWhatsapp
from channels.meta.failures import FAILURES
from channels.meta.graph import DOUBTFUL
from tests.channels.meta.stage import ADDRESS, PERSON, MetaStage
from tests.fakes.loopback import answer, listening, says
from tests.fakes.meta import ASHA

LINK = "https://parley.test/files/x"
HELLO = "Hello {{1}}, see you at {{2}}."


def file(type: str, name: str = "") -> Media:
    """A file of ours."""
    return Media(type=type, name=name, url=LINK, file="f-1")


def choices(count: int, title: str = "At {}") -> tuple[Choice, ...]:
    """So many."""
    return tuple(Choice(title=title.format(n), payload=f"p-{n}") for n in range(count))


async def sent(stage: MetaStage, out: Out, said: Content, to: Address = PERSON) -> Mapping[str, Any]:
    """What arrives of it."""
    await stage.channel.send(out, stage.access, stage.message("c-1", said, to))
    return stage.meta.sent[-1].body


async def send_to(out: Out, *parts: bytes) -> Receipt:
    """Send a message to a server that says this."""
    async with listening(says(*parts)) as server:
        access = Access("line-1", ADDRESS, {"url": server.url, "access_token": "t", "phone_number_id": "1065"})
        return await MetaWhatsapp().send(out, access, Outbound(id="c-1", to=PERSON, content=Content(text="Yes")))


def error(code: int, *, status: str = "400 Bad Request", headers: str = "", **more: Any) -> bytes:
    """Meta says no."""
    told = "".join(
        f',"{name}":"{value}"' if isinstance(value, str) else f',"{name}":{value}' for name, value in more.items()
    )
    return answer(f'{{"error":{{"code":{code}{told}}}}}'.encode(), status=status, headers=headers)


@pytest.mark.parametrize(
    ("said", "arrives"),
    [
        (Content(text="Yes"), {"type": "text", "text": {"body": "Yes", "preview_url": False}}),
        (
            Content(text="See https://acme.test", reply_to="wamid.7"),
            {
                "type": "text",
                "text": {"body": "See https://acme.test", "preview_url": True},
                "context": {"message_id": "wamid.7"},
            },
        ),
        (
            Content(text="The kitchen", media=(file("image/jpeg", "a.jpg"),)),
            {"type": "image", "image": {"link": LINK, "caption": "The kitchen"}},
        ),
        (Content(media=(file("video/mp4"),)), {"type": "video", "video": {"link": LINK}}),
        (Content(media=(file("audio/ogg; codecs=opus"),)), {"type": "audio", "audio": {"link": LINK}}),
        (Content(media=(file("image/webp"),)), {"type": "sticker", "sticker": {"link": LINK}}),
        (
            Content(media=(file("application/pdf", "lease.pdf"),)),
            {"type": "document", "document": {"link": LINK, "filename": "lease.pdf"}},
        ),
        (
            Content(place=Place(latitude=0, longitude=13.4, name="Office")),
            {"type": "location", "location": {"latitude": 0.0, "longitude": 13.4, "name": "Office"}},
        ),
        (
            Content(cards=(Card(name="Ravi", phones=("+447700900123",), emails=("r@example.test",), company="acme"),)),
            {
                "type": "contacts",
                "contacts": [
                    {
                        "name": {"formatted_name": "Ravi", "first_name": "Ravi"},
                        "phones": [{"phone": "+447700900123", "type": "WORK"}],
                        "emails": [{"email": "r@example.test", "type": "WORK"}],
                        "org": {"company": "acme"},
                    }
                ],
            },
        ),
        (
            Content(reaction="👍", reply_to="wamid.7"),
            {"type": "reaction", "reaction": {"message_id": "wamid.7", "emoji": "👍"}},
        ),
        (
            Content(reaction="", reply_to="wamid.7"),
            {"type": "reaction", "reaction": {"message_id": "wamid.7", "emoji": ""}},
        ),
    ],
    ids=range(11),
)
async def test_all_that_a_message_says_arrives(
    stage: MetaStage, out: Out, said: Content, arrives: dict[str, object]
) -> None:
    body = await sent(stage, out, said)

    about = {"messaging_product": "whatsapp", "recipient_type": "individual", "recipient": ASHA.user_id}
    assert body == {**about, **arrives, "biz_opaque_callback_data": "c-1"}


@pytest.mark.parametrize(
    ("kind", "value", "field"),
    [
        (IdentityKind.PHONE, "+12025550117", "to"),
        (IdentityKind.WHATSAPP, "12025550117", "to"),
        (IdentityKind.WHATSAPP, "US.13491208655302741918", "recipient"),
    ],
)
async def test_people_are_reached_by_number_or_by_their_id(
    stage: MetaStage, out: Out, kind: IdentityKind, value: str, field: str
) -> None:
    body = await sent(stage, out, Content(text="Yes"), Address(kind=kind, value=value))

    assert {name: body[name] for name in ("to", "recipient") if name in body} == {field: value}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (Content(text="When?", choices=choices(3)), "button"),
        (Content(text="When?", choices=choices(4)), "list"),
        (Content(text="When?", choices=choices(10)), "list"),
        (Content(text="When?", choices=choices(3, "{}" + 20 * "x")), "list"),
        (Content(text="W" * 1025, choices=choices(3)), "list"),
        (Content(text="When?", choices=choices(11)), ""),
        (Content(text="When?", choices=choices(2, "{}" + 24 * "x")), ""),
        (Content(text="When?", choices=(Choice(title="A", payload=""), Choice(title="B", payload="b"))), ""),
    ],
    ids=range(8),
)
async def test_choices_are_buttons_or_a_list_or_else_lines(
    stage: MetaStage, out: Out, said: Content, kind: str
) -> None:
    body = await sent(stage, out, said)

    assert body.get("interactive", {"type": ""})["type"] == kind
    assert kind or body["text"]["body"].startswith(f"When?\n1. {said.choices[0].title}\n2. ")


async def test_what_is_chosen_comes_back_as_it_was_sent(stage: MetaStage, out: Out) -> None:
    body = await sent(stage, out, Content(text="When?", choices=choices(1), reply_to="wamid.7"))

    assert body["interactive"]["action"] == {"buttons": [{"type": "reply", "reply": {"id": "p-0", "title": "At 0"}}]}
    assert body["context"] == {"message_id": "wamid.7"}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Content(), "empty"),
        (Content(media=(file("image/gif"),)), "unknown_type"),
        (Content(media=(file("image/png"), file("image/png"))), "one_file_each"),
        (Content(text="Listen", media=(file("audio/ogg"),)), "one_file_each"),
        (Content(text="W" * 1025, media=(file("image/png"),)), "one_file_each"),
    ],
    ids=range(5),
)
async def test_what_one_message_cannot_say_is_refused_before_anything_goes(
    stage: MetaStage, out: Out, said: Content, code: str
) -> None:
    with pytest.raises(Refused) as caught:
        await sent(stage, out, said)

    assert caught.value.failure == FAILURES[code]
    assert stage.meta.sent == []


async def test_a_template_is_filled_in(stage: MetaStage, out: Out) -> None:
    stage.add_template("viewing", HELLO)
    stage.meta.expire_windows(stage.number.id)

    body = await sent(stage, out, Content(template=TemplateUse(name="viewing", language="en", values=("Asha", "ten"))))
    await stage.meta.settle()

    values = [{"type": "text", "text": "Asha"}, {"type": "text", "text": "ten"}]
    assert body["template"]["components"] == [{"type": "body", "parameters": values}]
    assert stage.meta.sent[0].states == []


async def test_a_template_with_names_header_and_buttons_is_filled_in(stage: MetaStage, out: Out) -> None:
    stage.add_template("viewing", "Hello {{who}}", format="NAMED")
    used = TemplateUse(
        name="viewing",
        language="en",
        values=("Asha",),
        names=("who",),
        header_media=file("application/pdf", "plan.pdf"),
        buttons=(ButtonUse(at=0, kind="url", value="flat-7"), ButtonUse(at=1, kind="code", value="SPRING")),
    )

    body = await sent(stage, out, Content(template=used))

    assert body["template"]["components"] == [
        {
            "type": "header",
            "parameters": [{"type": "document", "document": {"link": LINK, "filename": "plan.pdf"}}],
        },
        {"type": "body", "parameters": [{"type": "text", "text": "Asha", "parameter_name": "who"}]},
        {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "flat-7"}]},
        {
            "type": "button",
            "sub_type": "copy_code",
            "index": "1",
            "parameters": [{"type": "coupon_code", "coupon_code": "SPRING"}],
        },
    ]


@pytest.mark.parametrize(
    ("status", "values", "code"),
    [
        ("APPROVED", ("Asha",), "132000"),
        ("PENDING", ("Asha", "ten"), "132001"),
        ("PAUSED", ("Asha", "ten"), "132015"),
        ("DISABLED", ("Asha", "ten"), "132016"),
    ],
)
async def test_a_template_that_does_not_go_says_why(
    stage: MetaStage, out: Out, status: str, values: tuple[str, ...], code: str
) -> None:
    stage.add_template("viewing", HELLO, status=status)

    with pytest.raises(Refused) as caught:
        await sent(stage, out, Content(template=TemplateUse(name="viewing", language="en", values=values)))

    assert caught.value.failure == FAILURES[code]


@pytest.mark.parametrize("code", [code for code in FAILURES if code.isdigit() and code not in DOUBTFUL])
async def test_every_code_of_the_catalogue_is_understood(stage: MetaStage, out: Out, code: str) -> None:
    stage.meta.mood("refuse", code=code)

    with pytest.raises(Refused) as caught:
        await sent(stage, out, Content(text="Yes"))

    assert caught.value.failure == FAILURES[code]
    assert stage.taken("c-1") == 0


@pytest.mark.parametrize("code", sorted(DOUBTFUL))
@pytest.mark.parametrize("status", ["400 Bad Request", "500 Oh", "503 Away"])
async def test_what_meta_itself_does_not_know_is_unsure(out: Out, code: str, status: str) -> None:
    with pytest.raises(Unsure):
        await send_to(out, error(int(code), status=status))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (error(100, message="Invalid appsecret_proof provided in the API argument"), "wrong_proof"),
        (error(100, error_subcode=33), "unknown_object"),
        (error(100, error_subcode=2494010), "100"),
        (error(200, status="403 Forbidden"), "10"),
        (error(299, status="403 Forbidden"), "10"),
        (error(131016, status="500 Oh"), "131016"),
        (error(190), "190"),
        # An error inside a yes is an error.
        (error(130429, status="200 OK"), "130429"),
        (answer(b"<html>", status="401 Unauthorized"), "wrong_key"),
        (answer(b"<html>", status="404 Not Found"), "wrong_url"),
        (answer(b"<html>", status="302 Found"), "wrong_url"),
        (answer(b"<html>", status="429 Too Many Requests"), "rate_limited"),
    ],
    ids=range(12),
)
async def test_a_plain_no_is_a_no(out: Out, said: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        await send_to(out, said)

    assert caught.value.failure == FAILURES[code]


async def test_a_code_that_nobody_knows_is_still_a_no(out: Out) -> None:
    with pytest.raises(Refused) as caught:
        await send_to(out, error(4711))

    assert caught.value.failure.code == "4711"


async def test_that_it_is_too_much_for_now_is_said_by_the_status_of_a_code_that_nobody_knows(out: Out) -> None:
    with pytest.raises(Refused) as caught:
        await send_to(out, error(4711, status="429 Too Many Requests"))

    assert caught.value.failure == FAILURES["rate_limited"]


async def test_a_limit_says_how_long_to_wait(out: Out) -> None:
    with pytest.raises(Refused) as caught:
        await send_to(out, error(130429, status="429 Too Many Requests", headers="Retry-After: 30\r\n"))

    assert caught.value.retry_after == timedelta(seconds=30)


@pytest.mark.parametrize(
    "said",
    [
        answer(b"{}"),
        answer(b'{"messages":[]}'),
        answer(b'{"messages":[{"id":""}]}'),
        answer(b'{"messages":"wamid.1"}'),
        answer(b"[" * 100_000),
        answer(b"", status="204 No Content"),
        answer(b"", status="408 Timeout"),
        error(4711, status="500 Oh"),
        error(4711, status="200 OK"),
        answer(b'{"messages":[{"id":"wamid.1"}]}')[:-4],
        b"HTTP/1.1 2",
    ],
    ids=range(11),
)
async def test_what_is_neither_yes_nor_no_is_unsure(out: Out, said: bytes) -> None:
    with pytest.raises(Unsure):
        await send_to(out, said)


async def test_a_secret_of_another_app_is_named_as_such(stage: MetaStage, out: Out) -> None:
    with pytest.raises(Refused, match="wrong_proof"):
        await stage.channel.send(out, stage.other, stage.message("c-1"))


async def test_that_a_message_was_read_is_shown_and_that_somebody_writes(stage: MetaStage, out: Out) -> None:
    await stage.channel.show_read(out, stage.access, "wamid.7", is_typing=False)
    await stage.channel.show_read(out, stage.access, "wamid.8", is_typing=True)

    read = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.7"}
    typing = {**read, "message_id": "wamid.8", "typing_indicator": {"type": "text"}}
    assert stage.meta.read == [read, typing]
    assert stage.meta.sent == []
