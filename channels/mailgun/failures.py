"""Why Mailgun does not send something, in words, beside what mail servers say themselves (Mailgun: "Tracking Failures",
"API Response Codes")."""

from collections.abc import Mapping

from channels import answers
from channels.base import Failure
from channels.mail import failures as mail

NO_CREDITS = Failure(
    code="no_credits",
    words="The account at Mailgun has sent all the mails that it has paid for.",
    advice="Sign in at Mailgun and look under Billing.",
    about="line",
)
DOMAIN_UNKNOWN = Failure(
    code="domain_unknown",
    words="The account at Mailgun has no such domain.",
    advice="Enter the domain as Mailgun lists it under Sending, Domains. Domains of the EU need "
    "https://api.eu.mailgun.net as the line's address of the API.",
    about="line",
)
NOT_ALLOWED = Failure(
    code="not_allowed",
    words="Mailgun does not let the line send by this domain.",
    advice="Look at Mailgun whether the domain is verified, the account is active, and the key is for this domain.",
    about="line",
)
BAD_RECIPIENT = Failure(
    code="bad_recipient",
    words="Mailgun says that an address of this mail is none.",
    advice="Look for a slip of the pen in the address, and in those of the copies.",
    about="person",
)
REJECTED = Failure(
    code="rejected",
    words="Mailgun has taken the mail, and then not sent it on.",
    advice="Look at the mail in Mailgun's logs: it says why.",
)
BOUNCED_BEFORE = Failure(
    code="bounced_before",
    words="Mailgun has not sent it: mails to this address have come back before.",
    advice="Ask for the right address. If it is right by now, take it off the bounces at Mailgun, and off Parley's.",
    about="person",
    suppresses=True,
)
UNSUBSCRIBED = Failure(
    code="unsubscribed",
    words="Mailgun has not sent it: they have told it that they want no more mails from you.",
    advice="Respect it: they can write to you at any time.",
    about="person",
    suppresses=True,
    means="opted_out",
)
REPORTED = Failure(
    code="reported",
    words="Mailgun has not sent it: they have reported a mail of yours as spam.",
    advice="Respect it: write to them no more.",
    about="person",
    suppresses=True,
    means="complaint",
)
# What Mailgun itself decides, before any mail server is asked.
BY_REASON: Mapping[str, str] = {
    "suppress-bounce": BOUNCED_BEFORE.code,
    "suppress-unsubscribe": UNSUBSCRIBED.code,
    "suppress-complaint": REPORTED.code,
    "old": mail.OUT_OF_TIME,
}
FAILURES: Mapping[str, Failure] = {
    **mail.FAILURES,
    **answers.COMMON,
    **{
        one.code: one
        for one in (
            NO_CREDITS, DOMAIN_UNKNOWN, NOT_ALLOWED, BAD_RECIPIENT, REJECTED, BOUNCED_BEFORE, UNSUBSCRIBED, REPORTED
        )
    },
}  # fmt: skip
