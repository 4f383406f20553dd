"""What goes around the words of one mail: who sends it, who else gets it, and how one asks for no more of them."""

from typing import Any

import pytest
from msgspec.structs import replace

from channels.base import Access, Address, IdentityKind, Letterhead, Mail, Party
from hub.consent.models import Reason
from hub.consent.suppression import suppress
from hub.letterheads.dressing import letterhead_for
from hub.people.changing import change
from hub.threads.log import opened
from hub.threads.models import Author, AuthorKind
from tests.hub.sending.scene import AGENT, RULE, Scene
from tests.people import code_of

CAMPAIGN = Author(AuthorKind.CAMPAIGN, "spring")
USUAL: dict[str, Any] = {
    "from_name": "{member} from {account}", "footer": "", "accent": "#7d2f65", "has_signatures": True, "is_html": True
}  # fmt: skip


async def dressed(
    mailing: Scene, *, author: Author | None = None, mail: Mail | None = None, seen_seq: int | None = None
) -> Letterhead:
    """What goes around a mail that somebody of the business says."""
    said = await mailing.says("At nine.", author=author, seen_seq=seen_seq)
    content = replace(await opened(mailing.deps, said.entry), mail=mail)
    return await letterhead_for(mailing.deps, said.entry, mailing.line, Access(line="line", address=""), content)


async def test_a_member_signs_and_is_called_by_name(mailing: Scene) -> None:
    await mailing.owner.does("PUT", "/me/signature", {"text": " Asha\n+49 30 123 <b>\n"})

    mail = await dressed(mailing)

    assert mail.sender_name == "Owner of acme from acme"
    assert mail.text == "At nine.\n\n-- \nAsha\n+49 30 123 <b>"
    assert "+49 30 123 &lt;b&gt;" in mail.html


async def test_a_mail_looks_as_the_account_wants_it(mailing: Scene) -> None:
    wanted = {"from_name": "{account} ({member})", "footer": "Long Street 1", "accent": "#1d5790"}
    await mailing.owner.does("PUT", "/letterhead", wanted)

    mail = await dressed(mailing)

    assert mail.sender_name == "acme (Owner of acme)"
    assert mail.text.endswith("-- \nLong Street 1")
    assert "Long Street 1" in mail.html


async def test_a_long_name_is_said_as_far_as_mail_programs_have_room_for_it(mailing: Scene) -> None:
    await mailing.owner.does("PATCH", "/account", {"name": "Roofs and Gutters of the Lower Valley " * 4})

    mail = await dressed(mailing, author=RULE)

    assert mail.sender_name == "Roofs and Gutters of the Lower Valley " * 2 + "Roofs and Gutters of th…"
    assert f"in contact with {mail.sender_name}" in mail.text


async def test_an_account_can_do_without_signatures_and_without_html(mailing: Scene) -> None:
    await mailing.owner.does("PUT", "/me/signature", {"text": "Asha"})
    await mailing.owner.does("PUT", "/letterhead", {"has_signatures": False, "is_html": False})

    mail = await dressed(mailing)

    assert (mail.text, mail.html) == ("At nine.", "")


@pytest.mark.parametrize("author", [AGENT, RULE, CAMPAIGN])
async def test_a_machine_writes_as_the_account_and_never_signs(mailing: Scene, author: Author) -> None:
    await mailing.owner.does("PUT", "/me/signature", {"text": "Owner's own"})

    mail = await dressed(mailing, author=author)

    assert mail.sender_name == "acme"
    assert "Owner's own" not in mail.text


@pytest.mark.parametrize("author", [RULE, CAMPAIGN])
async def test_what_a_machine_writes_unasked_can_be_ended_by_one_click(mailing: Scene, author: Author) -> None:
    mail = await dressed(mailing, author=author)

    assert mail.unsubscribe.startswith(f"{mailing.deps.settings.base_url}/u/")
    assert mail.text.endswith(f"You get this because you are in contact with acme.\nUnsubscribe: {mail.unsubscribe}")
    assert f'href="{mail.unsubscribe}"' in mail.html


@pytest.mark.parametrize(
    ("locale", "words"), [("de-AT", "Abmelden"), ("pt_BR", "Cancelar subscrição"), ("hi", "Unsubscribe")]
)
async def test_why_one_gets_it_and_how_it_ends_is_said_as_the_person_speaks(
    mailing: Scene, locale: str, words: str
) -> None:
    await change(mailing.deps, mailing.account, mailing.someone.id, lambda now: replace(now, locale=locale))

    mail = await dressed(mailing, author=RULE)

    assert f"\n{words}: {mail.unsubscribe}" in mail.text
    assert f">{words}</a>" in mail.html


async def test_what_a_person_writes_and_what_an_agent_answers_is_no_mailing(mailing: Scene) -> None:
    member, agent = await dressed(mailing), await dressed(mailing, author=AGENT)

    await mailing.hears("And on Sundays?")
    answer = await dressed(mailing, author=AGENT)

    assert (member.unsubscribe, answer.unsubscribe) == ("", "")
    assert agent.unsubscribe


async def test_what_a_rule_sends_does_not_answer_in_the_place_of_an_agent(mailing: Scene) -> None:
    await mailing.says("We have got it.", author=RULE)

    answer = await dressed(mailing, author=AGENT)

    assert answer.unsubscribe == ""


async def test_an_absence_notice_asks_an_agent_nothing(mailing: Scene) -> None:
    await dressed(mailing, author=AGENT)
    await mailing.hears("I am away.", mail=Mail(is_automatic=True))

    again = await dressed(mailing, author=AGENT)

    assert again.unsubscribe


async def test_all_that_an_agent_says_in_one_turn_answers_the_question(mailing: Scene) -> None:
    question = await mailing.hears("And on Sundays?")

    answers = [await dressed(mailing, author=AGENT, seen_seq=question.seq) for _ in range(2)]

    assert [answer.unsubscribe for answer in answers] == ["", ""]


async def test_no_copy_goes_to_an_address_that_nothing_is_sent_to(mailing: Scene) -> None:
    address = Address(kind=IdentityKind.EMAIL, value="gone@example.test")
    await suppress(
        mailing.deps, mailing.account, address, medium=mailing.line.medium, reason=Reason.HARD_BOUNCE, evidence="550"
    )
    here, gone = Party(address="here@example.test"), Party(address="gone@example.test")

    mail = await dressed(mailing, mail=Mail(cc=(here, gone), bcc=(gone,)))

    assert (mail.cc, mail.bcc) == ((here,), ())


@pytest.mark.parametrize("name", ["{Member}", "{member", "two\nlines", "   ", ""])
async def test_a_sender_is_called_by_nothing_that_cannot_be_filled(mailing: Scene, name: str) -> None:
    answer = await mailing.owner.asks("PUT", "/letterhead", {"from_name": name})

    assert code_of(answer) == (400, "invalid")


async def test_a_letterhead_is_tried_out_without_being_set(mailing: Scene) -> None:
    wanted = {"text": "Hello", "letterhead": {"footer": "Long Street 1"}, "signature": "Asha"}

    tried = await mailing.owner.does("POST", "/letterhead/preview", wanted)

    assert tried["text"] == "Hello\n\n-- \nAsha\n\nLong Street 1"
    assert tried["sender_name"] == "Owner of acme from acme"
    assert "Long Street 1" in tried["html"]
    assert await mailing.owner.does("GET", "/letterhead") == USUAL
