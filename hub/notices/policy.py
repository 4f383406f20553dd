"""What an account lets go to its members' own phones: over which lines, into which countries. Nothing, until it has
said so: a member types any number, and the account pays for what goes there."""

import phonenumbers
from phonenumbers import PhoneNumberType

from hub.accounts.regions import check_region, find_region
from hub.act import Act
from hub.deps import Deps
from hub.errors import Unprocessable
from hub.lines.actions import access_line
from hub.lines.addresses import PHONES
from hub.notices import repository
from hub.notices.errors import BadOwnNumber
from hub.notices.models import NoticePolicy, OwnNumber
from hub.notices.shapes import NotificationPolicyShown, NotificationPolicyWanted

# What people have as phones. All others may cost whatever their owner likes, or are nobody's.
ORDINARY = frozenset(
    {
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
        PhoneNumberType.VOIP,
    }
)


async def get_policy(deps: Deps, account: str) -> NoticePolicy:
    """As it is by now."""
    return await repository.find_policy(deps.mongo, account) or NoticePolicy(id=account, account=account)


async def show_policy(deps: Deps, account: str) -> NotificationPolicyShown:
    """As the API shows it."""
    policy = await get_policy(deps, account)
    return NotificationPolicyShown(phone_line_ids=policy.phone_lines, phone_countries=policy.phone_countries)


async def set_policy(act: Act, wanted: NotificationPolicyWanted) -> NotificationPolicyShown:
    """From now on, for numbers that were proved before, too."""
    deps, account = act.deps, act.account
    for country in wanted.phone_countries:
        check_region(country, field="phone_countries")
    for id in wanted.phone_line_ids:
        if (await access_line(deps, act.caller, id)).medium not in PHONES:
            raise Unprocessable("Nothing goes from this line to a phone.", field="phone_line_ids", id=id)
    act.note.target, act.note.before = {"account": account}, await show_policy(deps, account)
    lines, countries = [*dict.fromkeys(wanted.phone_line_ids)], sorted({*wanted.phone_countries})
    policy = NoticePolicy(id=account, account=account, phone_lines=lines, phone_countries=countries)
    await repository.put_policy(deps.mongo, policy)
    after = act.note.after = await show_policy(deps, account)
    return after


async def find_objection(deps: Deps, account: str, own: OwnNumber) -> BadOwnNumber | None:
    """Why the account lets nothing go to this number over this line; None when it does."""
    policy = await get_policy(deps, account)
    if own.line not in policy.phone_lines:
        return BadOwnNumber("The account lets no notification go over this line to a phone.", field="line_id")
    number = phonenumbers.parse(own.number)
    if phonenumbers.number_type(number) not in ORDINARY:
        return BadOwnNumber("Notifications go to ordinary phones only, and this is none.", field="number")
    countries = policy.phone_countries or [await find_region(deps, account)]
    if phonenumbers.region_code_for_number(number) not in countries:
        return BadOwnNumber("The account lets no notification go to phones of this country.", field="number")
    return None
