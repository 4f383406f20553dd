"""Mail of lines on its way out: over the mail server that a line names, as far as the hub contacts that."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

from channels.base import Refused, SmtpNo, SmtpServer, Unencrypted, Unreachable, Unsure, Untrusted
from hub.egress import Egress, EgressFailed, EgressRefused
from hub.lines.channels import NOT_CONTACTED
from hub.mail import smtp
from hub.mail.models import MailServer
from hub.mail.smtp import Broken, Way

NEVER_SENT = {"certificate": Untrusted, "clear": Unencrypted}


@dataclass(frozen=True)
class Posting:
    """The hub's `Smtp`."""

    egress: Egress
    hello: str

    async def hand_over(
        self, server: SmtpServer, *, sender: str, recipients: Sequence[str], content: bytes, timeout_s: float = 60
    ) -> Mapping[str, SmtpNo]:
        """One mail. Whom it is for stands first: a no to one of the others alone is none to the mail."""
        async with self.way_to(server, timeout_s) as way:
            return await smtp.hand_over(way, sender=sender, recipients=recipients, content=content)

    async def greet(self, server: SmtpServer, *, timeout_s: float = 20) -> None:
        """Go as far as one can without sending anything, signing in included."""
        async with self.way_to(server, timeout_s) as way:
            await smtp.greet(way)

    @contextlib.asynccontextmanager
    async def way_to(self, server: SmtpServer, timeout_s: float) -> AsyncIterator[Way]:
        """A connection to an address of it that was checked; the time for that counts too."""
        found, started = found_at(server), asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(timeout_s):
                # On this machine nobody is kept out by a certificate.
                tls = None if found.is_loopback else await self.egress.mail_tls()
                sock = await self.egress.connect(found.host, found.port)
            left = started + timeout_s - asyncio.get_running_loop().time()
            yield Way(server=found, hello=self.hello, tls=tls, sock=sock, patience_s=left)
        except EgressRefused as error:
            raise Refused(NOT_CONTACTED) from error
        except (EgressFailed, TimeoutError) as error:
            raise Unreachable(str(error)) from error
        except Broken as error:
            if error.trouble == "login":
                raise SmtpNo(0, "", "login") from error
            raise (Unsure if error.is_sent else NEVER_SENT.get(error.trouble, Unreachable))(error.trouble) from error


def found_at(server: SmtpServer) -> MailServer:
    """The same, as our own letters know servers."""
    try:
        host = server.host.strip().lower().encode("idna").decode()
    except UnicodeError as error:
        raise Refused(NOT_CONTACTED) from error
    return MailServer(
        host=host,
        port=server.port,
        is_tls=server.security == "tls",
        starttls="never" if server.security == "none" else "demanded",
        user=server.user,
        password=server.password,
    )
