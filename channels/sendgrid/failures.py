"""Why SendGrid does not send something, in words, beside what mail servers say themselves (Twilio SendGrid: "Event
Webhook Reference", "Errors")."""

from collections.abc import Mapping

from channels import answers
from channels.base import Failure
from channels.mail import failures as mail

NO_CREDITS = Failure(
    code="no_credits",
    words="The account at SendGrid has sent all the mails that it has paid for.",
    advice="Buy more of them at SendGrid, or wait until the next month.",
    about="line",
)
SENDER_UNVERIFIED = Failure(
    code="sender_unverified",
    words="SendGrid does not know that the line's address is yours.",
    advice="Authenticate its domain at SendGrid, under Settings, Sender Authentication.",
    about="line",
)
KEY_NOT_ALLOWED = Failure(
    code="key_not_allowed",
    words="The line's API key may not do this at SendGrid.",
    advice="Give the key the rights for Mail Send; for the check and the webhooks also those of Mail Settings, Inbound "
    "Parse and Sender Authentication.",
    about="line",
)
BAD_RECIPIENT = Failure(
    code="bad_recipient",
    words="SendGrid says that an address of this mail is none.",
    advice="Look for a slip of the pen in the address, and in those of the copies.",
    about="person",
)
DROPPED = Failure(
    code="dropped",
    words="SendGrid has not sent it on.",
    advice="Look at the mail in SendGrid's activity feed: it says why.",
)
DROPPED_BOUNCED = Failure(
    code="dropped_bounced",
    words="SendGrid has not sent it: mails to this address have come back before.",
    advice="Ask for the right address. If it is right by now, take it off the bounces at SendGrid, and off Parley's.",
    about="person",
    suppresses=True,
)
DROPPED_UNSUBSCRIBED = Failure(
    code="dropped_unsubscribed",
    words="SendGrid has not sent it: they have told it that they want no more mails from you.",
    advice="Respect it: they can write to you at any time.",
    about="person",
    suppresses=True,
    means="opted_out",
)
DROPPED_REPORTED = Failure(
    code="dropped_reported",
    words="SendGrid has not sent it: they have reported a mail of yours as spam.",
    advice="Respect it: write to them no more.",
    about="person",
    suppresses=True,
    means="complaint",
)
INBOUND_TAKEN = Failure(
    code="inbound_taken",
    words="Mails to the domain of the answers go to another program at SendGrid, and Parley takes them from nobody.",
    advice="Choose a domain for the line's reply_address that nothing else has, or remove its setting at SendGrid, "
    "under Settings, Inbound Parse; or leave the inbound_key empty, and let Parley get mails some other way.",
)
# What a dropped mail's reason begins with.
BY_REASON: Mapping[str, str] = {
    "bounced": DROPPED_BOUNCED.code,
    "unsubscribed": DROPPED_UNSUBSCRIBED.code,
    "spam report": DROPPED_REPORTED.code,
    "spam content": "taken_for_spam",
    "recipient list over": NO_CREDITS.code,
    "invalid smtpapi": answers.INVALID.code,
    "invalid": "unknown_address",
}
FAILURES: Mapping[str, Failure] = {
    **mail.FAILURES,
    **answers.COMMON,
    **{
        one.code: one
        for one in (
            NO_CREDITS,
            SENDER_UNVERIFIED,
            KEY_NOT_ALLOWED,
            BAD_RECIPIENT,
            DROPPED,
            DROPPED_BOUNCED,
            DROPPED_UNSUBSCRIBED,
            DROPPED_REPORTED,
            INBOUND_TAKEN,
        )
    },
}
