"""Requests that succeed: the models of an account."""

from collections.abc import Mapping

from hub.files import actions as files
from hub.minds import actions
from hub.minds.models import MindUse
from hub.minds.shapes import MindShown, MindWanted
from tests.contracts.companies import Company, Person
from tests.contracts.core import make_thread
from tests.contracts.matrix import Example, Maker
from tests.hub.lines.connected import act_in

PATH = {"use": str(MindUse.TRANSCRIPTION)}
WORDS = frozenset({"use"})


async def make_mind(company: Company) -> MindShown:
    """One that nobody reaches, called as the company is."""
    wanted = MindWanted(url="http://127.0.0.1:1/v1", model=company.word, key="a-key")
    return await actions.set_mind(act_in(company.deps, company.account), MindUse.TRANSCRIPTION, wanted)


async def a_new_mind(person: Person) -> Example:
    """At an endpoint of one's own."""
    body = {"url": "https://models.example.com/v1", "model": person.company.word, "key": "a-key", "per_day": 100}
    return Example(path=PATH, words=WORDS, body=body)


async def a_mind(person: Person) -> Example:
    """One that is set up."""
    await make_mind(person.company)
    return Example(path=PATH, words=WORDS)


async def make_sound(company: Company, member: str) -> str:
    """The id of one that somebody has sent, in a conversation of the member's."""
    content = b"OggS\0\2" + company.word.encode()
    file = await files.keep(company.deps, company.account, f"{company.name()}.ogg", content, by="person:somebody")
    thread = await make_thread(company, owner=member)
    await files.attach(company.deps, company.account, [file.id], thread.id, "entry")
    return file.id


async def a_sound(person: Person) -> Example:
    """That a model can be asked about."""
    await make_mind(person.company)
    id = await make_sound(person.company, person.member)
    return Example(path={"file_id": id}, owned=frozenset({"file_id"}))


EXAMPLES: Mapping[str, Maker] = {
    "set_mind": a_new_mind,
    "remove_mind": a_mind,
    "check_mind": a_mind,
    "transcribe_file": a_sound,
}
