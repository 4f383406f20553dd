"""What is stored of visitors."""

from datetime import datetime

from hub.store.documents import Stored


class Visitor(Stored, frozen=True):
    """A browser on one site. Whoever knows the secret is that visitor again; it is good for nothing else."""

    line: str
    secret_hash: bytes
    made_at: datetime
    # Nobody who has not come again by then is known any more.
    expires_at: datetime
    has_spoken: bool = False
