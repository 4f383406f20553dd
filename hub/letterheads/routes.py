"""Letterheads over HTTP."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Tag
from hub.letterheads import keeping, logos, previewing
from hub.letterheads.shapes import (
    LetterheadShown,
    LetterheadWanted,
    LogoShown,
    LogoWanted,
    MailPreview,
    PreviewWanted,
    SignatureShown,
    SignatureWanted,
)

TAG = Tag("Letterheads", "What stands around the words of the mails that are sent.")
LETTERHEAD, SIGNATURE = "/api/v1/letterhead", "/api/v1/me/signature"
LOGO = f"{LETTERHEAD}/logo"
# All letters that there may be, each as JSON may write it.
BODY_BYTES = 256 * 1024


async def show_letterhead(call: Call[None, Any]) -> LetterheadShown:
    """How the account's mails look, and how their senders are called."""
    return await keeping.show_letterhead(call.deps, call.caller.account)


async def set_letterhead(call: Call[LetterheadWanted, Any]) -> LetterheadShown:
    """How the account's mails look from now on; what is left out is as usual."""
    return await keeping.set_letterhead(call.act, call.body)


async def preview_letterhead(call: Call[PreviewWanted, Any]) -> MailPreview:
    """How a mail of one's own would look, also with a letterhead or signature that is not set yet. Nothing is sent."""
    return await previewing.preview(call.deps, call.caller, call.body)


async def show_logo(call: Call[None, Any]) -> LogoShown:
    """The picture that stands above the words of mails."""
    return logos.shown(await logos.logo_of(call.deps, call.caller.account))


async def set_logo(call: Call[LogoWanted, Any]) -> LogoShown:
    """The picture that stands above the words of mails from now on: PNG, JPEG or GIF, of 100,000 bytes at most. It goes
    along with each mail that has HTML."""
    return await logos.set_logo(call.act, call.body.file_id)


async def remove_logo(call: Call[None, Any]) -> LogoShown:
    """From now on no picture stands above the words of mails."""
    return await logos.remove_logo(call.act)


async def show_signature(call: Call[None, Any]) -> SignatureShown:
    """What stands under one's own mails."""
    return await keeping.show_signature(call.deps, call.caller)


async def set_signature(call: Call[SignatureWanted, Any]) -> SignatureShown:
    """What stands under one's own mails from now on. It is text: nothing in it is taken for HTML."""
    return await keeping.set_signature(call.act, call.body)


ENDPOINTS = (
    Endpoint(
        method="GET", path=LETTERHEAD, handler=show_letterhead, permission=Permission.ACCOUNT_VIEW, tag=TAG,
        answer=LetterheadShown, summary="Show how mails look",
    ),
    Endpoint(
        method="PUT", path=LETTERHEAD, handler=set_letterhead, permission=Permission.ACCOUNT_MANAGE, tag=TAG,
        body=LetterheadWanted, answer=LetterheadShown, audit="letterhead.set", summary="Set how mails look",
    ),
    Endpoint(
        method="POST", path=f"{LETTERHEAD}/preview", handler=preview_letterhead, tag=TAG,
        permission=Permission.THREADS_REPLY, body=PreviewWanted, body_bytes=BODY_BYTES, answer=MailPreview,
        recorded_in="nowhere: nothing changes", summary="Look at a mail before it is sent",
    ),
    Endpoint(
        method="GET", path=LOGO, handler=show_logo, permission=Permission.ACCOUNT_VIEW, tag=TAG,
        answer=LogoShown, summary="Show the logo of mails",
    ),
    Endpoint(
        method="PUT", path=LOGO, handler=set_logo, permission=Permission.ACCOUNT_MANAGE, tag=TAG,
        body=LogoWanted, answer=LogoShown, audit="logo.set", summary="Set the logo of mails",
    ),
    Endpoint(
        method="DELETE", path=LOGO, handler=remove_logo, permission=Permission.ACCOUNT_MANAGE, tag=TAG,
        answer=LogoShown, audit="logo.removed", summary="Remove the logo of mails",
    ),
    Endpoint(
        method="GET", path=SIGNATURE, handler=show_signature, permission=Permission.MEMBERSHIP, tag=TAG,
        answer=SignatureShown, summary="Show one's own signature",
    ),
    Endpoint(
        method="PUT", path=SIGNATURE, handler=set_signature, permission=Permission.MEMBERSHIP, tag=TAG,
        body=SignatureWanted, answer=SignatureShown, audit="signature.set", summary="Set one's own signature",
    ),
)  # fmt: skip
