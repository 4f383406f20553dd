"""The account itself."""

from typing import Any

from hub.access import Permission
from hub.accounts import closing, founding
from hub.accounts.shapes import AccountChange, AccountShown, Closing, SignInRules, Transfer
from hub.accounts.standing import access_account
from hub.http.endpoint import Call, Endpoint, Tag

TAG = Tag("Account", "The business: its name, its owners, and what it asks of its members.")
PATH = "/api/v1/account"


async def show_account(call: Call[None, Any]) -> AccountShown:
    """The account that the credential belongs to."""
    return await founding.show_account(call.deps, await access_account(call.deps, call.caller))


async def change_account(call: Call[AccountChange, Any]) -> AccountShown:
    """Its name, its time zone."""
    return await founding.change_account(call.act, call.body)


async def set_sign_in_rules(call: Call[SignInRules, Any]) -> AccountShown:
    """Whether members must show a second factor. Whoever has none can then do nothing but set one up."""
    rules = call.body
    return await founding.set_sign_in_rules(call.act, requires_second_factor=rules.requires_second_factor)


async def transfer_account(call: Call[Transfer, Any]) -> AccountShown:
    """Hand the ownership on: the caller becomes an admin, the other member an owner, in one move."""
    return await founding.transfer(call.act, call.body.member_id)


async def add_owner(call: Call[Transfer, Any]) -> AccountShown:
    """One owner more."""
    return await founding.add_owner(call.act, call.body.member_id)


async def drop_owner(call: Call[None, Any]) -> AccountShown:
    """An owner becomes an admin. The last one cannot."""
    return await founding.drop_owner(call.act, call.path["member_id"])


async def close_account(call: Call[Closing, Any]) -> None:
    """Close the account for good. Nothing of it can be read from this moment on, in no backup either."""
    await closing.close(call.act, call.caller.account, name=call.body.name)


def owned(method: Any, path: str, handler: Any, **more: Any) -> Endpoint:
    """For owners."""
    return Endpoint(
        method=method, path=PATH + path, handler=handler, permission=Permission.ACCOUNT_OWN, tag=TAG, **more
    )


ENDPOINTS = (
    Endpoint(
        method="GET", path=PATH, handler=show_account, permission=Permission.ACCOUNT_VIEW,
        answer=AccountShown, tag=TAG, summary="Show the account",
    ),
    Endpoint(
        method="PATCH", path=PATH, handler=change_account, permission=Permission.ACCOUNT_MANAGE,
        body=AccountChange, answer=AccountShown, audit="account.change", tag=TAG, summary="Change the account",
    ),
    owned(
        "PUT", "/sign-in-rules", set_sign_in_rules,
        body=SignInRules, answer=AccountShown, audit="account.sign_in_rules", summary="Ask for a second factor",
    ),
    owned(
        "POST", "/transfer", transfer_account,
        body=Transfer, answer=AccountShown, audit="account.transfer", summary="Hand the account on",
    ),
    owned(
        "POST", "/owners", add_owner,
        body=Transfer, answer=AccountShown, audit="account.add_owner", summary="Add an owner",
    ),
    owned(
        "DELETE", "/owners/{member_id}", drop_owner,
        answer=AccountShown, audit="account.drop_owner", summary="Make an owner an admin",
    ),
    owned(
        "POST", "/close", close_account,
        body=Closing, status=204, audit="account.close", summary="Close the account",
    ),
)  # fmt: skip
