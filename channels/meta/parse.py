"""What Meta tells of WhatsApp by its webhooks, in plain values: every element of every change of every entry. They are
read one by one: what is not UTF-8, or a number without end, spoils only its own."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from channels.answers import UNREADABLE
from channels.base import Inbound, LineNews, Parsed, Renamed, State, Status, Strange, strange
from channels.meta import echoes, renaming
from channels.meta.content import content
from channels.meta.news import news
from channels.meta.people import contact_of, senders
from channels.meta.unread import listed, opened, read
from channels.reading import Fields, whole_letters

# One that was played was a voice message of ours: they have heard it.
STATES = {**{state.value: state for state in State}, "played": State.READ}
OneOf = Callable[[str, object], Parsed]
# Beside the messages: what is told in which list, and what each element of it is.
LISTS: Mapping[str, tuple[str, OneOf]] = {
    echoes.FIELD: (echoes.LIST, echoes.echo),
    renaming.FIELD: (renaming.FIELD, renaming.changed_id),
}


def parse(body: bytes) -> list[Parsed]:
    """All of it, in the order in which it stands there. What makes no sense is Strange, and takes nothing with it."""
    try:
        entries = msgspec.json.decode(opened(whole_letters(body))["entry"], type=list[msgspec.Raw])
    except (*UNREADABLE, KeyError) as error:
        raise ValueError("This is no event of Meta's.") from error
    return [one for entry in map(opened, entries) for one in of_entry(entry)]


def of_entry(entry: Mapping[str, msgspec.Raw]) -> list[Parsed]:
    """What has changed on one account of WhatsApp."""
    account, changes = Fields({"id": read(entry.get("id"))}).id("id"), listed(entry.get("changes"))
    return [one for change in map(opened, changes) for one in of_change(account, change)] or [strange("no change")]


def of_change(account: str, change: Mapping[str, msgspec.Raw]) -> list[Parsed]:
    """One change: of messages there may be several in it."""
    field = Fields({"field": read(change.get("field"))}).text("field")
    if field in LISTS:
        return of_list(*LISTS[field], opened(change.get("value"))) or [strange(field)]
    if field != "messages":
        return news(field, account, Fields.of(read(change.get("value"))))
    return of_messages(opened(change.get("value"))) or [strange("no message")]


def of_messages(value: Mapping[str, msgspec.Raw]) -> list[Parsed]:
    """What people have written to a number, and how what we have written fares."""
    line = line_of(value)
    contacts = [Fields.of(read(contact)) for contact in listed(value.get("contacts"))]
    return [
        *(message(line, contacts, read(one)) for one in listed(value.get("messages"))),
        *(status(line, read(one)) for one in listed(value.get("statuses"))),
        *(trouble(line, Fields.of(read(one))) for one in listed(value.get("errors"))),
    ]


def of_list(name: str, one_of: OneOf, value: Mapping[str, msgspec.Raw]) -> list[Parsed]:
    """What stands in one list alone."""
    return [one_of(line_of(value), read(one)) for one in listed(value.get(name))]


def line_of(value: Mapping[str, msgspec.Raw]) -> str:
    """Which number it is about."""
    return Fields.of(read(value.get("metadata"))).id("phone_number_id")


def message(line: str, contacts: Sequence[Fields], said: object) -> Inbound | Renamed | Strange:
    """Something that a person has sent. Of whatever kind it is: whoever wrote it is waiting for an answer."""
    if not isinstance(said, dict):
        return strange("unreadable")
    fields = Fields.of(said)
    if fields.text("type") == renaming.SYSTEM:
        return renaming.happened(line, fields)
    contact = contact_of(fields, contacts)
    id, sender, said_at = fields.id("id"), senders(fields, contact), fields.time("timestamp")
    if not id or not sender or said_at is None:
        missing = [name for name, value in (("id", id), ("from", sender), ("timestamp", said_at)) if not value]
        return strange(f"message without {' and '.join(missing)}")
    profile = contact.part("profile")
    return Inbound(
        id=id,
        sender=sender,
        sender_name=profile.text("name") or profile.text("username"),
        said_at=said_at,
        content=content(fields),
        at_line=line,
    )


def status(line: str, said: object) -> Status | Strange:
    """How a message of ours fares."""
    fields = Fields.of(said)
    id, at, state = fields.id("id"), fields.time("timestamp"), STATES.get(fields.text("status"))
    if not id or at is None or state is None:
        return strange(f"status {fields.text('status')}")
    errors = [Fields.of(error).id("code") for error in fields.items("errors")]
    code = next(filter(None, errors), "") if state is State.FAILED else ""
    return Status(id=id, state=state, at=at, code=code, ours=fields.id("biz_opaque_callback_data"), at_line=line)


def trouble(line: str, error: Fields) -> LineNews | Strange:
    """Something is wrong with the number itself."""
    return LineNews(code=error.id("code"), at_line=line) if error.id("code") else strange("error")
