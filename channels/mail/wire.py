"""How the headers of a mail of ours are broken into lines."""

from email.policy import EmailPolicy
from typing import Any

# The standard library writes a word that is longer than a line as an encoded one, which in these nobody decodes.
UNENCODED = frozenset({"message-id", "in-reply-to", "references", "list-unsubscribe"})


class Wire(EmailPolicy):
    """As mail goes over SMTP: in ASCII, with lines of 78 letters wherever that is possible, and never 998."""

    def fold(self, name: str, value: Any) -> str:
        """As text."""
        if name.lower() in UNENCODED:
            return f"{name}: " + "\r\n ".join(str(value).split()) + "\r\n"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        """As bytes."""
        if name.lower() in UNENCODED:
            return self.fold(name, value).encode("ascii")
        return super().fold_binary(name, value)


WIRE = Wire(linesep="\r\n", cte_type="7bit")
