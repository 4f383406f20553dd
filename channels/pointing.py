"""Where at a provider people enter what leads to us: of channels that know it, in words."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Directed(Protocol):
    """A channel that knows, in a sentence, where at its provider a webhook's URL is entered by hand. It is empty where
    nothing is entered."""

    pointing: str


@runtime_checkable
class Mailed(Protocol):
    """A channel whose provider hands in whole mails, at a URL beside that of the webhook: `mail_hook` is what stands
    behind it. A field's name in braces is where its value belongs; a secret is shown nowhere."""

    mail_hook: str
