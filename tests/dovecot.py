"""A real Dovecot, Debian's, with mailboxes of its own in a folder that goes with the test. It runs as an ordinary user,
on ports of its own."""

import asyncio
import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

from imap_tools.mailbox import BaseMailBox, MailBoxUnencrypted

from hub.store.embedded import free_port, is_listening

PROGRAM = "/usr/sbin/dovecot"
USER, PASSWORD = "asha@example.com", "the password"
# As nobody, where the tests are run by root: Dovecot gives no mail to root.
NOBODY = "nobody"
CONFIG = """
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
disable_plaintext_auth = no
auth_verbose = no
auth_failure_delay = 0
mail_max_userip_connections = 300
mail_location = maildir:{folder}/mail/%u:INBOX={folder}/mail/%u
imap_capability = {capability}
ssl = {ssl}
{certificate}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  separator = /
  {sent}
}}
"""
SENT = """mailbox "Gone out" {
    auto = create
    special_use = \\Sent
  }"""


class Dovecot:
    """One server, which may come and go."""

    def __init__(self, folder: Path, capability: str, sent: str, pem: Path | None) -> None:
        self.port, self.tls_port = free_port(), free_port()
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._user = pwd.getpwnam(NOBODY) if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        self._options = {"capability": capability, "sent": sent, "ssl": "no", "certificate": ""}
        if pem:
            own = folder / "server.pem"
            own.write_bytes(pem.read_bytes())
            self._options |= {"ssl": "yes", "certificate": f"ssl_cert = <{own}\nssl_key = <{own}"}
        self.let_in(PASSWORD)

    @property
    def values(self) -> dict[str, str]:
        """What a line has to know of it."""
        return {
            "imap_host": "127.0.0.1",
            "imap_port": str(self.port),
            "imap_user": USER,
            "imap_password": PASSWORD,
        }

    def let_in(self, password: str) -> None:
        """By this password alone, from now on."""
        users = self._folder / "users"
        users.write_text(f"{USER}:{{PLAIN}}{password}\n")
        users.chmod(0o644)

    async def start(self) -> None:
        """Return when it lets people in."""
        assert os.access(PROGRAM, os.X_OK), "these tests need Dovecot: apt-get install dovecot-imapd, as .ci/run does"
        own = self._user
        config = self._folder / "dovecot.conf"
        config.write_text(
            CONFIG.format(
                folder=self._folder,
                user=own.pw_name,
                group=subprocess.check_output(["id", "-gn", own.pw_name], text=True).strip(),  # noqa: ASYNC221
                uid=own.pw_uid,
                gid=own.pw_gid,
                port=self.port,
                tls_port=self.tls_port,
                **self._options,
            )
        )
        for path in (self._folder, *self._folder.rglob("*")):
            os.chown(path, own.pw_uid, own.pw_gid)
        self._process = subprocess.Popen(  # noqa: ASYNC220
            [PROGRAM, "-F", "-c", str(config)],
            user=own.pw_uid if os.getuid() == 0 else None,
            group=own.pw_gid if os.getuid() == 0 else None,
            extra_groups=[] if os.getuid() == 0 else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        async with asyncio.timeout(60):
            while not await is_listening(self.port):
                assert self._process.poll() is None, self.log()
                await asyncio.sleep(0.02)

    def log(self) -> str:
        """What it has said so far."""
        return (self._folder / "log").read_text()

    def kill(self) -> None:
        """With all its children, as a power cut would."""
        if self._process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    @contextlib.contextmanager
    def as_asha(self) -> Iterator[BaseMailBox]:
        """Somebody's mail program."""
        with MailBoxUnencrypted("127.0.0.1", self.port, timeout=60).login(USER, PASSWORD) as box:
            yield box

    async def deliver(self, raw: bytes, folder: str = "INBOX", *, at: datetime | None = None) -> None:
        """A mail comes, or was sent by a mail program."""
        await asyncio.to_thread(self._append, [raw], folder, at)

    async def deliver_all(self, mails: list[bytes]) -> None:
        """Many at once."""
        await asyncio.to_thread(self._append, mails, "INBOX", None)

    def flags(self) -> list[tuple[str, ...]]:
        """Those of every mail of the inbox."""
        with self.as_asha() as box:
            return [one.flags for one in box.fetch(mark_seen=False, headers_only=True)]

    def forget_uids(self) -> None:
        """Every mail gets a new uid, under another validity: as after a restore, when it is not running."""
        for path in (self._folder / "mail" / USER).glob("dovecot*"):
            if path.is_file():
                path.unlink()

    def _append(self, mails: list[bytes], folder: str, at: datetime | None) -> None:
        with self.as_asha() as box:
            for raw in mails:
                box.append(raw, folder, dt=at)


@contextlib.asynccontextmanager
async def running_dovecot(
    *, capability: str = "+", sent: str = SENT, pem: Path | None = None
) -> AsyncIterator[Dovecot]:
    """Gone at the end of the block. `capability` replaces what it says that it can, or adds to it; `sent` are its
    folders beside the inbox; by `pem` it is encrypted."""
    folder = new_folder()
    dovecot = Dovecot(folder, capability, sent, pem)
    try:
        await dovecot.start()
        yield dovecot
    finally:
        dovecot.kill()
        shutil.rmtree(folder, ignore_errors=True)


def new_folder() -> Path:
    """One that everybody may look into: who runs the server may be somebody else."""
    folder = Path(tempfile.mkdtemp(prefix="parley-dovecot-"))
    folder.chmod(0o755)
    return folder
