"""All accounts of the installation, for its operator."""

from typing import Any

from hub.access import Permission
from hub.accounts import closing, operating
from hub.accounts.shapes import AccountList, AccountMade, AccountWanted, Closing
from hub.http.endpoint import Call, Endpoint, Tag

TAG = Tag("Installation", "All accounts, for the operator of the installation.")
PATH = "/api/v1/accounts"


async def list_accounts(call: Call[None, Any]) -> AccountList:
    """All accounts that share this installation."""
    return AccountList(items=await operating.list_accounts(call.deps))


async def make_account(call: Call[AccountWanted, Any]) -> AccountMade:
    """An account with its owner, and an API key that works at once and is shown this once."""
    return await operating.make_account(call.act, call.body)


async def close_any_account(call: Call[Closing, Any]) -> None:
    """Close an account for good: nothing of it can be read again, in no backup either."""
    await closing.close(call.act, call.path["account_id"], name=call.body.name)


ENDPOINTS = (
    Endpoint(
        method="GET", path=PATH, handler=list_accounts, permission=Permission.ACCOUNTS_VIEW,
        answer=AccountList, tag=TAG, summary="List all accounts",
    ),
    Endpoint(
        method="POST", path=PATH, handler=make_account, permission=Permission.ACCOUNTS_MANAGE,
        body=AccountWanted, answer=AccountMade, status=201, creates=True, audit="account.create", tag=TAG,
        summary="Make an account",
    ),
    Endpoint(
        method="POST", path=PATH + "/{account_id}/close", handler=close_any_account,
        permission=Permission.ACCOUNTS_MANAGE, body=Closing, status=204, audit="account.close", tag=TAG,
        summary="Close an account",
    ),
)  # fmt: skip
