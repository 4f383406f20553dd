"""`python -m hub account …`, `member …` and `key …`: for operators, before anybody can sign in."""

import sys

from hub.accounts import api_keys, closing, operating
from hub.accounts.roles import BUILT_IN, EDITOR, OF_KEYS, OWNER, check_grants
from hub.accounts.shapes import AccountWanted, GrantShown, KeyWanted, MemberWanted
from hub.command import Argument, Command, Terminal, say


async def create_account(terminal: Terminal) -> int:
    """An account with its owner and a key."""
    args = terminal.args
    password = sys.stdin.readline().rstrip("\r\n") if args.password_stdin else None
    given = {"name": args.name, "owner": args.owner, "owner_name": args.owner_name, "password": password}
    wanted = terminal.read(AccountWanted, given)
    async with terminal.act("account.create") as act:
        made = await operating.make_account(act, wanted)
    lines = [
        f"Account {made.account_id} belongs to {args.owner}.",
        f"API key, shown this once: {made.key}",
        set_password(made.password_link) or "Sign in with the password of this address.",
    ]
    terminal.answer(made, "\n".join(lines))
    if not terminal.settings.mongodb_url:
        folder = terminal.settings.data.absolute()
        say(f"The account is kept in {folder}; a Parley with another PARLEY_DATA knows nothing of it.")
    return 0


async def list_accounts(terminal: Terminal) -> int:
    """All of the installation's."""
    async with terminal.open_deps() as deps:
        lines = await operating.list_accounts(deps)
    text = "\n".join(
        f"{line.id}  {line.made_at:%Y-%m-%d}  {line.members:>5} members  {line.name or 'closed'}" for line in lines
    )
    terminal.answer(lines, text or "There are no accounts yet: python -m hub account create NAME --owner EMAIL")
    return 0


async def delete_account(terminal: Terminal) -> int:
    """Close it for good."""
    id, name = terminal.args.account, terminal.args.name
    async with terminal.act("account.close") as act:
        await closing.close(act, id, name=name)
    text = (
        f"{name} is closed: nothing of it can be read any more, in no backup either. Its documents go within minutes."
    )
    terminal.answer({"account_id": id, "closed": True}, text)
    return 0


async def add_member(terminal: Terminal) -> int:
    """A member, at once and without an invitation."""
    args = terminal.args
    wanted = terminal.read(MemberWanted, {"email": args.email, "role": args.role, "name": args.name})
    async with terminal.act("member.add") as act:
        added = await operating.add_member(act, args.account, wanted.email, name=wanted.name or "", role=wanted.role)
    lines = [f"{args.email} is a member: {added.member_id}.", set_password(added.password_link)]
    terminal.answer(added, "\n".join(filter(None, lines)))
    return 0


async def disable_member(terminal: Terminal) -> int:
    """Shut out."""
    args = terminal.args
    async with terminal.act("member.disable") as act:
        member = await operating.disable_member(act, args.account, args.email)
    terminal.answer({"member_id": member.id, "disabled": True}, f"{args.email} is shut out of the account.")
    return 0


async def reset_member(terminal: Terminal) -> int:
    """A link to set a new password, for whoever cannot get mail."""
    async with terminal.act("password.reset_link") as act:
        link = await operating.new_password_link(
            act, terminal.args.email, drops_second_factor=terminal.args.second_factor
        )
    terminal.answer({"password_link": link}, set_password(link))
    return 0


def set_password(link: str | None) -> str:
    """Where to, in a line."""
    return f"Set the password there, within the hour: {link}" if link else ""


async def create_key(terminal: Terminal) -> int:
    """A key for a script."""
    args = terminal.args
    named = dict.fromkeys(args.permission or sorted(OF_KEYS))
    given = {"name": args.name, "grants": [{"permission": one} for one in named], "lasts_days": args.days}
    wanted = terminal.read(KeyWanted, given)
    grants, lasts = api_keys.as_grants(wanted.grants), api_keys.lasting(wanted)
    check_grants(grants)
    async with terminal.act("key.make") as act:
        account = await operating.access_account(act.deps, args.account)
        made = await api_keys.add(act, account.id, wanted.name, grants, lasts, id=act.new_id)
        act.note.account = account.id
    terminal.answer(made, f"Key {made.key.id}, shown this once: {made.secret}")
    return 0


async def list_keys(terminal: Terminal) -> int:
    """The keys of one account."""
    async with terminal.open_deps() as deps:
        account = await operating.access_account(deps, terminal.args.account)
        keys = await api_keys.list_keys(deps, account.id)
    lines = [
        f"{key.id}  {'used ' + format(key.used_at, '%Y-%m-%d %H:%M') if key.used_at else 'never used':<21}  "
        f"{'ended  ' if key.is_ended else ''}{key.name}: {brief(key.grants)}"
        for key in keys
    ]
    terminal.answer(keys, "\n".join(lines) or "The account has no keys.")
    return 0


async def revoke_key(terminal: Terminal) -> int:
    """The key is good no more."""
    async with terminal.act("key.revoke") as act:
        account = await operating.access_account(act.deps, terminal.args.account)
        act.note.account = account.id
        await api_keys.revoke(act, account.id, terminal.args.key)
    terminal.answer({"key_id": terminal.args.key, "revoked": True}, f"Key {terminal.args.key} is good no more.")
    return 0


def brief(grants: list[GrantShown]) -> str:
    """What a key may, on one line."""
    return "everything" if len(grants) == len(OF_KEYS) else ", ".join(grant.permission for grant in grants)


ACCOUNT = Argument(name="account", help="id of the account")
EMAIL = Argument(name="email", help="address of the member")
COMMANDS = (
    Command(
        path="account create",
        help="make an account, its owner and an API key",
        run=create_account,
        arguments=[
            Argument(name="name", help="what the business calls itself"),
            Argument(name="--owner", help="e-mail address of the owner", options={"required": True}),
            Argument(name="--owner-name", help="how the owner is called", options={"default": ""}),
            Argument(
                name="--password-stdin",
                help="read the owner's password from standard input; without it, a link to set one is shown",
                options={"action": "store_true"},
            ),
        ],
        has_json=True,
    ),
    Command(path="account list", help="show all accounts", run=list_accounts, has_json=True),
    Command(
        path="account delete",
        help="close an account for good: nothing of it can be read again, in no backup either",
        run=delete_account,
        arguments=[ACCOUNT, Argument(name="--name", help="its name, to be sure", options={"required": True})],
        has_json=True,
    ),
    Command(
        path="member add",
        help="make somebody a member at once, without an invitation",
        run=add_member,
        arguments=[
            ACCOUNT,
            EMAIL,
            Argument(
                name="--role",
                help=f"{', '.join(sorted(BUILT_IN.keys() - {OWNER}))} or the id of a role",
                options={"default": EDITOR},
            ),
            Argument(name="--name", help="how the member is called"),
        ],
        has_json=True,
    ),
    Command(
        path="member disable",
        help="shut a member out",
        run=disable_member,
        arguments=[ACCOUNT, EMAIL],
        has_json=True,
    ),
    Command(
        path="member reset",
        help="make a link to set a new password, for whoever cannot get mail",
        run=reset_member,
        arguments=[
            EMAIL,
            Argument(
                name="--second-factor",
                help="take away the authenticator app and the passkeys as well, for whoever has lost them",
                options={"action": "store_true"},
            ),
        ],
        has_json=True,
    ),
    Command(
        path="key create",
        help="make an API key",
        run=create_key,
        arguments=[
            ACCOUNT,
            Argument(name="name", help="what the key is for"),
            Argument(
                name="--permission",
                help="what it may do, once for each; everything that a key may when left out",
                options={"action": "append", "choices": sorted(OF_KEYS), "metavar": "PERMISSION"},
            ),
            Argument(
                name="--days", help="how long it is good, 3650 at most; for ever when left out", options={"type": int}
            ),
        ],
        has_json=True,
    ),
    Command(path="key list", help="show the API keys of an account", run=list_keys, arguments=[ACCOUNT], has_json=True),
    Command(
        path="key revoke",
        help="end an API key",
        run=revoke_key,
        arguments=[ACCOUNT, Argument(name="key", help="id of the key")],
        has_json=True,
    ),
)
