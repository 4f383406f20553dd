"""What goes wrong with a line of WhatsApp, or with all of Meta."""

from channels.answers import LATER
from channels.base import Failure

ASK_META = "Open WhatsApp Manager (business.facebook.com) and settle what it asks for."

LINES = (
    Failure(
        code="190",
        words="The line's access token has expired, or was taken back.",
        advice="Make a new token of a system user that never expires, and enter it in the line's settings.",
        about="line",
    ),
    Failure(
        code="0",
        words="Meta does not accept the line's access token.",
        advice="Make a new token of a system user, and enter it in the line's settings.",
        about="line",
    ),
    Failure(
        code="10",
        words="The access token lacks a permission.",
        advice="Make a token with whatsapp_business_messaging and whatsapp_business_management for this account.",
        about="line",
    ),
    Failure(
        code="3",
        words="Meta does not let this app do that.",
        advice="Check in the app's dashboard that it has the product WhatsApp and the permissions for it.",
        about="line",
    ),
    Failure(
        code="wrong_proof",
        words="The app secret and the access token are not of the same app.",
        advice="Enter the secret of the app for which the token was made.",
        about="line",
    ),
    Failure(
        code="unknown_object",
        words="Meta does not know this id, or the token may not see what it is of.",
        advice="Check the phone number id and the account id in the line's settings, and what the token may use.",
        about="line",
    ),
    Failure(
        code="33",
        words="The business's phone number was deleted at Meta.",
        advice="Connect the number again in WhatsApp Manager.",
        about="line",
    ),
    Failure(
        code="368",
        words="Meta has blocked the account for a while, since it broke a rule.",
        advice=ASK_META,
        about="line",
    ),
    Failure(code="131031", words="Meta has locked the account.", advice=ASK_META, about="line"),
    Failure(
        code="131042",
        words="Meta could not charge the account: its means of payment is missing or was declined.",
        advice="Settle the payment in WhatsApp Manager, then send it again.",
        about="line",
    ),
    Failure(
        code="131048",
        words="Too many people have blocked or reported this number, and Meta lets it send less.",
        advice="Write only to people who expect it; WhatsApp Manager shows the number's quality.",
        about="line",
    ),
    Failure(
        code="131005",
        words="The access token may not do this.",
        advice="Make a token with whatsapp_business_messaging and whatsapp_business_management for this account.",
        about="line",
    ),
    Failure(
        code="131037",
        words="The number's display name was not approved yet.",
        advice="Have it approved in WhatsApp Manager.",
        about="line",
    ),
    Failure(
        code="131045",
        words="The number is not registered for sending, or its certificate is wrong.",
        advice="Register the number again in WhatsApp Manager.",
        about="line",
    ),
    Failure(
        code="2200",
        words="Meta has asked the line's webhook, and did not hear what it wanted.",
        advice="Check that the internet reaches Parley's address, and save the verify token again.",
        about="line",
    ),
    Failure(
        code="133010",
        words="The number is not registered at the Cloud API.",
        advice="Register it in WhatsApp Manager, with its PIN of two-step verification.",
        about="line",
    ),
)

LIMITS = (
    Failure(
        code="130429",
        words="The number has sent more within a second than Meta takes.",
        advice=LATER,
        about="line",
        is_passing=True,
    ),
    Failure(
        code="4",
        words="The app has asked more of Meta within an hour than it may.",
        advice=LATER,
        about="line",
        is_passing=True,
    ),
    Failure(
        code="80007",
        words="The account has asked more of Meta within an hour than it may.",
        advice=LATER,
        about="line",
        is_passing=True,
    ),
    Failure(
        code="131057",
        words="Meta has the account in maintenance, such as while its throughput is raised.",
        advice=LATER,
        about="line",
        is_passing=True,
    ),
)

METAS = (
    Failure(code="131016", words="WhatsApp has a disturbance.", advice=LATER, about="provider", is_passing=True),
    Failure(code="133004", words="WhatsApp's servers are overloaded.", advice=LATER, about="provider", is_passing=True),
    # Of these three Meta does not say what went wrong: in an answer they mean that it may have taken the message.
    Failure(
        code="131000",
        words="Something went wrong at Meta, which does not say what.",
        advice="Send it again.",
        is_passing=True,
    ),
    Failure(code="1", words="Something went wrong at Meta.", advice="Send it again.", is_passing=True),
    Failure(code="2", words="Meta was not available for a moment.", advice="Send it again.", is_passing=True),
)

# What Meta tells of a line by itself.
NEWS = (
    Failure(
        code="account_disabled",
        words="Meta has disabled the WhatsApp Business account, or is about to.",
        advice=ASK_META,
        about="line",
    ),
    Failure(
        code="account_restricted",
        words="Meta lets the WhatsApp Business account send less, or nothing, for a while.",
        advice=ASK_META,
        about="line",
    ),
    Failure(
        code="account_violation",
        words="Meta says that the WhatsApp Business account has broken a rule.",
        advice=ASK_META,
        about="line",
    ),
    Failure(
        code="account_deleted",
        words="The WhatsApp Business account was deleted at Meta.",
        advice="Connect another one.",
        about="line",
    ),
    Failure(
        code="app_removed",
        words="The app was taken off the WhatsApp Business account.",
        advice="Give the app its rights again in WhatsApp Manager, and check the line.",
        about="line",
    ),
    Failure(
        code="number_flagged",
        words="People have blocked or reported this number, and its quality is low.",
        advice="Write only to people who expect it; if nothing changes, Meta lowers what the number may send.",
        about="line",
    ),
    Failure(
        code="limit_lowered",
        words="Meta has lowered to how many people a day this number may write first.",
        advice="Write only to people who expect it; the limit rises again by itself.",
        about="line",
    ),
)
