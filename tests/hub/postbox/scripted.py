"""A mail server that does not behave: it answers each IMAP command as a test wants it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping

from hub.postbox.models import MailboxServer

Answer = str | Callable[[str], str]
HANG_UP = "hang up"
AT = '"21-Nov-2050 09:00:00 +0000"'


class Scripted:
    """What it has heard, and what it answers. `{tag}` stands for the tag of the command."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.port = 0
        self.heard: list[str] = []
        self.answers: dict[str, Answer] = {
            "GREETING": "* OK ready\r\n",
            "CAPABILITY": "* CAPABILITY IMAP4rev1\r\n{tag} OK done\r\n",
            "LIST": '* LIST (\\Sent) "/" Sent\r\n{tag} OK done\r\n',
            "EXAMINE": "* 0 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 1] x\r\n{tag} OK [READ-ONLY]\r\n",
            "UID SEARCH": "* SEARCH\r\n{tag} OK done\r\n",
            **answers,
        }

    @property
    def values(self) -> dict[str, str]:
        """What a line has to know of it."""
        known = {"imap_host": "127.0.0.1", "imap_port": str(self.port)}
        return {**known, "imap_user": "asha", "imap_password": "the password"}

    def server(self, host: str = "127.0.0.1") -> MailboxServer:
        """The same, as it is read."""
        found = MailboxServer.of({**self.values, "imap_host": host})
        assert found
        return found

    def answer_to(self, command: str) -> str:
        """By the longest beginning that is known."""
        known = sorted((name for name in self.answers if command.startswith(name)), key=len)
        answer = self.answers[known[-1]] if known else "{tag} OK done\r\n"
        return answer(command) if callable(answer) else answer

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            writer.write(self.answer_to("GREETING").encode("latin-1"))
            while line := (await reader.readline()).decode("latin-1").rstrip("\r\n"):
                tag, _, command = line.partition(" ")
                self.heard.append(command)
                answer = self.answer_to(command)
                if answer == HANG_UP:
                    break
                writer.write(answer.replace("{tag}", tag).encode("latin-1"))
                await writer.drain()
        writer.close()


def has_mails(
    *uids: int, refuses: Mapping[int, str] | None = None, tells: Mapping[int, str] | None = None
) -> dict[str, Answer]:
    """What a server with these mails answers; to some of them, this; and of some it tells this instead of the usual."""
    usual = f"INTERNALDATE {AT} RFC822.SIZE 50"

    def fetch(command: str) -> str:
        which, _, what = command.removeprefix("UID FETCH ").partition(" ")
        if "BODY" in what:
            refused = (refuses or {}).get(int(which))
            mail = f"Message-ID: <{which}@example.org>\r\n\r\nNumber {which}\r\n"
            return refused or f"* 1 FETCH (UID {which} BODY[]<0> {{{len(mail)}}}\r\n{mail})\r\n{{tag}} OK done\r\n"
        first, _, last = which.partition(":")
        named = [uid for uid in uids if uid == int(first) or (last and uid >= int(first))]
        lines = [f"* 1 FETCH (UID {uid} {(tells or {}).get(uid, usual)})\r\n" for uid in named]
        return "".join(lines) + "{tag} OK done\r\n"

    found = "* SEARCH " + " ".join(map(str, uids))
    return {"UID FETCH": fetch, "UID SEARCH": f"{found}\r\n{{tag}} OK done\r\n", 'EXAMINE "Sent"': "{tag} NO no\r\n"}


def get_more(first: int, second: int) -> dict[str, Answer]:
    """What a server with one mail answers, to which another comes while that one is read: with its answer it says so,
    and after that, as Dovecot does, nothing of it by itself."""
    there = [first]

    def fetch(command: str) -> str:
        answers = has_mails(*there)["UID FETCH"]
        assert callable(answers)
        answer = answers(command)
        if "BODY" not in command or second in there:
            return answer
        there.append(second)
        return "* 2 EXISTS\r\n" + answer

    idle = {"CAPABILITY": "* CAPABILITY IMAP4rev1 IDLE\r\n{tag} OK done\r\n", "IDLE": "+ idling\r\n"}
    return {**has_mails(first), "UID FETCH": fetch, **idle}


@contextlib.asynccontextmanager
async def scripted(**answers: Answer) -> AsyncIterator[Scripted]:
    """Serve until the block ends."""
    fake = Scripted({name.replace("_", " "): answer for name, answer in answers.items()})
    server = await asyncio.start_server(fake.serve, "127.0.0.1", 0)
    fake.port = server.sockets[0].getsockname()[1]
    try:
        yield fake
    finally:
        server.close()
