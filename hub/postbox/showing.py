"""How a line's mailbox stands, in words: for the check of a line, and for whoever looks after it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from channels.base import Failure, Finding
from hub.deps import Deps
from hub.lines.channels import NOT_CONTACTED
from hub.lines.models import Line
from hub.postbox import errors, repository
from hub.postbox.models import Folder, Held, LeftOut, MailFolder

# What is said of a mailbox begins so.
ABOUT = "mailbox_"
NAMES: Mapping[Folder, str] = {Folder.INBOX: "The inbox", Folder.SENT: "The folder of sent mail"}
KNOWN: Mapping[str, Failure] = {
    NOT_CONTACTED.code: NOT_CONTACTED,
    **{one.code: one for one in vars(errors).values() if isinstance(one, Failure)},
}

# What passes by itself has passed by then, mostly.
PASSES_WITHIN = timedelta(hours=3)
# Of a mail that was given up it is told for so long; after that the check is well, and goes on counting it.
TOLD_FOR = timedelta(days=3)
MOST_NAMED = 5
TRY_ANEW = (
    "Read them in a mail program. To have them tried anew, once whatever stood in their way is mended, save the line's "
    "settings again."
)


async def findings(deps: Deps, line: Line) -> list[Finding]:
    """One for each folder that is read; none where the line has no mailbox."""
    now, folders = deps.clock.now(), await repository.list_of_line(deps.mongo, line.account, line.id)
    return [finding_of(folder, now) for folder in folders]


async def needs(deps: Deps, line: Line) -> list[Finding]:
    """What somebody has to see to, of the same."""
    now, folders = deps.clock.now(), await repository.list_of_line(deps.mongo, line.account, line.id)
    return [finding_of(folder, now) for folder in folders if needs_somebody(folder, now)]


def needs_somebody(folder: MailFolder, now: datetime) -> bool:
    """Whether what is wrong with it does not pass by itself, or has not for hours."""
    if trouble := folder.trouble:
        return not KNOWN[trouble.code].is_passing or now - trouble.since >= PASSES_WITHIN
    if any(is_told(one, now) for one in folder.left_out):
        return True
    return folder.seen_at is None and now - folder.since >= PASSES_WITHIN


def is_told(left_out: LeftOut, now: datetime) -> bool:
    """Whether it was given up not long ago."""
    return now - left_out.at < TOLD_FOR


def finding_of(folder: MailFolder, now: datetime) -> Finding:
    """What is wrong with it, if anything is."""
    about, name = f"{ABOUT}{folder.folder}", NAMES[folder.folder]
    if trouble := folder.trouble:
        known = KNOWN[trouble.code]
        return Finding(about=about, is_well=False, words=f"{name} is not read. {known.words}", advice=known.advice)
    if told := [one for one in folder.left_out if is_told(one, now)]:
        words = f"{name} is read, but for {counted(told)} that could not be taken.{dates_of(told)}"
        return Finding(about=about, is_well=False, words=words, advice=TRY_ANEW)
    if folder.held:
        words = f"{name} is read, but for {counted(folder.held)} that could not be taken yet."
        return Finding(about=about, is_well=False, words=words, advice="Nothing to do: they are tried again.")
    if folder.seen_at is None:
        return Finding(about=about, is_well=False, words=f"{name} was not read yet.", advice="Check again in a while.")
    left_out = f" {counted(folder.left_out).capitalize()} could never be taken." if folder.left_out else ""
    words = f"{name} was read last on {moment(folder.seen_at)}.{left_out}"
    return Finding(about=about, is_well=True, words=words, advice=TRY_ANEW if left_out else "")


def moment(at: datetime) -> str:
    """For people anywhere."""
    return f"{at:%d %B %Y at %H:%M} UTC"


def counted(mails: Sequence[Held | LeftOut]) -> str:
    """How many they are."""
    return "one mail" if len(mails) == 1 else f"{len(mails)} mails"


def dates_of(mails: Sequence[LeftOut]) -> str:
    """By what the last of them are found in a mail program."""
    came = sorted(one.came_at for one in mails if one.came_at)[-MOST_NAMED:]
    return f" Look at what came on {', on '.join(map(moment, came))}." if came else ""
