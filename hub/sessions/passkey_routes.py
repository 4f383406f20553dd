"""Passkeys over HTTP: those of members, and signing in with one."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Reply
from hub.sessions import cookies, passkeys
from hub.sessions.models import SignedIn
from hub.sessions.my_routes import RARELY, mine
from hub.sessions.passkey_models import (
    NewPasskey,
    PasskeyBegun,
    PasskeyChange,
    PasskeyList,
    PasskeyShown,
    PasskeySignIn,
    PasskeyWanted,
)
from hub.sessions.routes import public

MY_PATH, ENTRY_PATH = "/passkeys", f"{cookies.PATH}/passkey"


async def begin_passkey(call: Call[PasskeyWanted, Any]) -> PasskeyBegun:
    """What to give to `navigator.credentials.create`, and a ticket to send its answer with."""
    return await passkeys.begin_adding(call.act, call.body.password)


async def add_passkey(call: Call[NewPasskey, Any]) -> PasskeyShown:
    """The browser has made a passkey: it signs in from now on."""
    return await passkeys.add(call.act, call.body)


async def list_my_passkeys(call: Call[None, Any]) -> PasskeyList:
    """All of one's own."""
    return PasskeyList(items=await passkeys.list_mine(call.deps, call.caller.login))


async def rename_passkey(call: Call[PasskeyChange, Any]) -> PasskeyShown:
    """Another name."""
    return await passkeys.rename(call.act, call.path["passkey_id"], call.body.name)


async def remove_passkey(call: Call[PasskeyWanted, Any]) -> None:
    """It signs in no more. Sessions that it has begun go on until they are ended."""
    await passkeys.remove(call.act, call.path["passkey_id"], call.body.password)


async def begin_passkey_sign_in(call: Call[None, Any]) -> PasskeyBegun:
    """What to give to `navigator.credentials.get`, and a ticket to send its answer with. No address is asked for."""
    return await passkeys.begin_sign_in(call.deps)


async def sign_in_by_passkey(call: Call[PasskeySignIn, Any]) -> Reply:
    """Signed in, with no second step: the device has asked for a finger or a PIN."""
    return await passkeys.sign_in(call.act, call.body)


ENDPOINTS = (
    mine("GET", MY_PATH, list_my_passkeys, answer=PasskeyList, summary="My passkeys"),
    mine(
        "POST", f"{MY_PATH}/begin", begin_passkey,
        body=PasskeyWanted, answer=PasskeyBegun, rate=RARELY, audit="passkey.begin", summary="Begin with a passkey",
    ),
    mine(
        "POST", MY_PATH, add_passkey,
        body=NewPasskey, answer=PasskeyShown, status=201, creates=True, rate=RARELY, audit="passkey.add",
        summary="Add a passkey",
    ),
    mine(
        "PATCH", f"{MY_PATH}/{{passkey_id}}", rename_passkey,
        body=PasskeyChange, answer=PasskeyShown, audit="passkey.rename", summary="Name a passkey",
    ),
    mine(
        "POST", f"{MY_PATH}/{{passkey_id}}/remove", remove_passkey, permission=Permission.MEMBERSHIP,
        body=PasskeyWanted, status=204, rate=RARELY, audit="passkey.remove", summary="Remove a passkey",
    ),
    public(
        "POST", f"{ENTRY_PATH}/begin", begin_passkey_sign_in,
        answer=PasskeyBegun, recorded_in="the ticket: whatever it is used for is written down",
        summary="Begin to sign in with a passkey",
    ),
    public(
        "POST", ENTRY_PATH, sign_in_by_passkey,
        body=PasskeySignIn, answer=SignedIn, audit="session.begin", summary="Sign in with a passkey",
    ),
)  # fmt: skip
