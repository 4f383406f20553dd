"""Handing a mail to the line's mail server, and what its noes mean."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Literal, cast

from channels.answers import DOWN, RATE_LIMITED, WRONG_KEY
from channels.base import (
    LONG_AGO,
    Access,
    Address,
    Failure,
    Finding,
    IdentityKind,
    Out,
    Outbound,
    Receipt,
    Refused,
    SmtpNo,
    SmtpServer,
    State,
    Status,
    Unencrypted,
    Untrusted,
)
from channels.mail.composing import compose, message_id_of, recipients_of
from channels.mail.failures import (
    CERTIFICATE,
    FAILURES,
    FOR_SPAM,
    NO_ENCRYPTION,
    NO_LOGIN,
    NOT_LET_IN,
    NOT_PASSED_ON,
    SENDER_REFUSED,
    TOO_LARGE,
    code_of,
)
from channels.mail.mailboxes import mailbox

SECURITIES = ("starttls", "tls", "none")
PATIENCE_S = 60
# On a slow line a large mail takes longer.
BYTES_PER_S = 100_000
# These are about us, whatever the server was asked last.
OURS = frozenset({WRONG_KEY.code, RATE_LIMITED.code})
# It is told how large the mail is together with the sender.
SIZE_EXCEEDED = 552


async def send(out: Out, access: Access, message: Outbound) -> Receipt:
    """Hand it over. It goes by the line's own address in the envelope too: bounces come to where answers do."""
    content = await asyncio.to_thread(lambda: compose(access, message).as_bytes())
    async with understood():
        refused = await out.smtp.hand_over(
            server_of(access),
            sender=mailbox(access.address).addr_spec,
            recipients=recipients_of(message),
            content=content,
            timeout_s=PATIENCE_S + len(content) / BYTES_PER_S,
        )
    id = message_id_of(access, message)
    return Receipt(id=id, refused=tuple(no_copy(id, message, address, no) for address, no in refused.items()))


def no_copy(id: str, message: Outbound, address: str, no: SmtpNo) -> Status:
    """To whom of the others it does not go, and why: nobody tries that again."""
    recipient = Address(kind=IdentityKind.EMAIL, value=address)
    at = message.at or LONG_AGO
    return Status(id=id, state=State.FAILED, at=at, code=failure_of(no).code, ours=message.id, recipient=recipient)


async def probe(out: Out, access: Access) -> Sequence[Finding]:
    """Whether the mail server lets the line in."""
    async with understood():
        await out.smtp.greet(server_of(access))
    has_user = bool(access.values.get("user"))
    words = "It knows the line's user and password." if has_user else "It lets the line in without a password."
    return [
        Finding(about="provider", is_well=True, words="The mail server answers."),
        Finding(about="key", is_well=True, words=words),
    ]


def server_of(access: Access) -> SmtpServer:
    """The mail server that the line names."""
    values = access.values
    return SmtpServer(
        host=values.get("host", ""),
        port=int(values.get("port", "")),
        security=cast(Literal["starttls", "tls", "none"], values.get("security", "")),
        user=values.get("user", ""),
        password=values.get("password", ""),
    )


@asynccontextmanager
async def understood() -> AsyncIterator[None]:
    """What goes wrong in it, as the catalogue has it."""
    try:
        yield
    except SmtpNo as no:
        raise Refused(failure_of(no)) from no
    except Untrusted as error:
        raise Refused(FAILURES[CERTIFICATE]) from error
    except Unencrypted as error:
        raise Refused(FAILURES[NO_ENCRYPTION]) from error


def failure_of(no: SmtpNo) -> Failure:
    """Whom a no is about depends on what it was said to."""
    said, is_passing = FAILURES[code_of(no.code, no.enhanced)], no.code < 500
    match no.stage:
        case "connect":
            return DOWN if is_passing else FAILURES[NOT_LET_IN]
        case "login" if no.code == 0:
            return FAILURES[NO_LOGIN]
        case "login":
            return DOWN if is_passing else WRONG_KEY
        case "sender" if no.code == SIZE_EXCEEDED:
            return FAILURES[TOO_LARGE]
        case "sender" if said.code not in OURS:
            return DOWN if is_passing else FAILURES[SENDER_REFUSED]
        case "recipient" if said.code == FOR_SPAM:
            # It has not seen yet what the mail says.
            return FAILURES[NOT_PASSED_ON]
    return said
