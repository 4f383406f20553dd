"""What the API takes and shows of originals."""

from hub.http.endpoint import Input, Output
from hub.threads.shapes import MediaShown


class OriginalQuery(Input, frozen=True):
    """`images` shows pictures that the mail does not bring along. Parley fetches them, so that their sender learns
    nothing of who looks, but may learn that the mail was opened."""

    images: bool = False


class HeaderShown(Output, frozen=True):
    """One line of a mail's head."""

    name: str
    value: str


class OriginalShown(Output, frozen=True):
    """A mail as it came. `text` has all that is written, quotes and signature included. `html` is a whole document for
    `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc>`; null, where the mail has none. Without
    `is_readable` nobody can make sense of it, and `text` is what the conversation has. With `is_cut` there is more than
    is shown. `raw_url`, good for a quarter of an hour, has all of it that was kept, to be saved: without `is_whole`
    that is the beginning alone, for the mail was too large."""

    id: str
    headers: list[HeaderShown]
    text: str
    html: str | None
    files: list[MediaShown]
    has_remote_images: bool
    is_readable: bool
    is_cut: bool
    is_whole: bool
    raw_url: str
