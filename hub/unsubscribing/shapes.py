"""What is shown of unsubscribing."""

from hub.http.endpoint import Output


class SubscriptionShown(Output, frozen=True):
    """Whose mails they are, to which address they go, as far as its owner needs to know it again, whether they have
    been ended, and in which language whoever gets them is spoken to, where that is known. Without `can_resume` the way
    back leads nowhere: nothing goes to the address for another reason, such as mails that came back."""

    account_name: str
    address: str
    is_ended: bool
    can_resume: bool
    locale: str | None
