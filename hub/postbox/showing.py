"""How a line's mailbox stands, in words: for the check of a line, and for whoever looks after it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from channels.base import Failure, Finding
from hub.deps import Deps
from hub.lines.channels import NOT_CONTACTED
from hub.lines.models import Line
from hub.postbox import errors, repository
from hub.postbox.models import Folder, MailFolder

# What is said of a mailbox begins so.
ABOUT = "mailbox_"
NAMES: Mapping[Folder, str] = {Folder.INBOX: "The inbox", Folder.SENT: "The folder of sent mail"}
KNOWN: Mapping[str, Failure] = {
    NOT_CONTACTED.code: NOT_CONTACTED,
    **{one.code: one for one in vars(errors).values() if isinstance(one, Failure)},
}

# What passes by itself has passed by then, mostly.
PASSES_WITHIN = timedelta(hours=3)
# Of a mail that was given up it is told for so long: nothing mends it, and the check goes on counting it.
TOLD_FOR = timedelta(days=3)


async def findings(deps: Deps, line: Line) -> list[Finding]:
    """One for each folder that is read; none where the line has no mailbox."""
    folders = await repository.list_of_line(deps.mongo, line.account, line.id)
    return [finding_of(folder) for folder in folders]


async def needs(deps: Deps, line: Line) -> list[Finding]:
    """What somebody has to see to, of the same."""
    now, folders = deps.clock.now(), await repository.list_of_line(deps.mongo, line.account, line.id)
    return [finding_of(folder) for folder in folders if needs_somebody(folder, now)]


def needs_somebody(folder: MailFolder, now: datetime) -> bool:
    """Whether what is wrong with it does not pass by itself, or has not for hours."""
    if trouble := folder.trouble:
        return not KNOWN[trouble.code].is_passing or now - trouble.since >= PASSES_WITHIN
    if folder.gave_up_at and now - folder.gave_up_at < TOLD_FOR:
        return True
    return folder.seen_at is None and now - folder.since >= PASSES_WITHIN


def finding_of(folder: MailFolder) -> Finding:
    """What is wrong with it, if anything is."""
    about, name = f"{ABOUT}{folder.folder}", NAMES[folder.folder]
    if trouble := folder.trouble:
        known = KNOWN[trouble.code]
        return Finding(about=about, is_well=False, words=f"{name} is not read. {known.words}", advice=known.advice)
    if folder.given_up or folder.held:
        count = folder.given_up + len(folder.held)
        words = f"{name} is read, but for {'one mail' if count == 1 else f'{count} mails'} that could not be taken."
        return Finding(about=about, is_well=False, words=words, advice="Look for them in a mail program.")
    if folder.seen_at is None:
        return Finding(about=about, is_well=False, words=f"{name} was not read yet.", advice="Check again in a while.")
    return Finding(about=about, is_well=True, words=f"{name} was read last on {folder.seen_at:%d %B %Y at %H:%M} UTC.")
