"""What is kept about presence: nothing but whether an account wants to read along."""

from hub.store.documents import Stored


class PresencePolicy(Stored, frozen=True):
    """What an account has said about it; its `id` is the account's."""

    # Members see what a visitor types before it is sent.
    shows_previews: bool = False
