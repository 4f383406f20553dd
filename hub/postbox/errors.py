"""What can go wrong with a mailbox.

HubError
└── MailboxTrouble    mailbox_trouble    `failure` says in words what it is, and what to do
"""

from channels.answers import WRONG_KEY
from channels.base import Failure
from hub.errors import HubError

AWAY = Failure(
    code="mailbox_away",
    words="The mail server of the mailbox cannot be reached, or breaks off.",
    advice="Check the host and the port in the line's settings. It is tried again.",
    about="provider",
    is_passing=True,
)
BUSY = Failure(
    code="mailbox_busy",
    words="The mail server lets nobody in at the moment.",
    advice="Nothing to do: it is tried again.",
    about="provider",
    is_passing=True,
)
NOT_LET_IN = Failure(
    code=WRONG_KEY.code,
    words="The mail server does not take the user and password of the mailbox.",
    advice="Enter them in the line's settings anew. Some providers want a password that is made for programs.",
    about="line",
)
NO_TRUST = Failure(
    code="mailbox_certificate",
    words="The certificate of the mail server is not a trusted one for the mailbox's host.",
    advice="Enter the host by the name that stands in its certificate.",
    about="line",
)
NO_ENCRYPTION = Failure(
    code="mailbox_in_clear",
    words="No encrypted connection to the mailbox can be made, and a password is not sent in clear.",
    advice="Port 993 is encrypted from the start; on any other the server has to offer STARTTLS.",
    about="line",
)
NO_FOLDER = Failure(
    code="mailbox_no_folder",
    words="The mailbox has no such folder.",
    advice="Enter the name of the folder for sent mail in the line's settings.",
    about="line",
)
NONSENSE = Failure(
    code="mailbox_nonsense",
    words="What answers at the mailbox's address is no mail server that Parley understands.",
    advice="Check the host and the port in the line's settings: an IMAP server has to answer there.",
    about="line",
)
UNREADABLE = Failure(
    code="mail_unreadable",
    words="The mail server does not hand the mail out.",
    advice="Read it in a mail program.",
)
NOT_STORED = Failure(
    code="mail_not_stored",
    words="The mail could not be stored.",
    advice="Read it in a mail program, and tell whoever runs Parley: the log says why.",
)

NOT_KEPT = Failure(
    code="mailbox_not_kept",
    words="Parley cannot store mails at the moment.",
    advice="Nothing to do at the mailbox: it is tried again. Whoever runs Parley finds in the log why.",
    is_passing=True,
)


class MailboxTrouble(HubError):
    """The mailbox cannot be read now."""

    code = "mailbox_trouble"

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.words)
        self.failure = failure
