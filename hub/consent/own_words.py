"""An account's own words that end and resume, beside those that everybody knows."""

from collections.abc import Sequence

from hub.access import Caller
from hub.act import Act
from hub.consent import repository
from hub.consent.errors import BadWord
from hub.consent.models import OptWords, Words
from hub.consent.shapes import OptWordsShown, OptWordsWanted, WordsShown, WordsWanted
from hub.consent.words import START, STOP, plain, stands_in
from hub.deps import Deps

# No message that is longer is one of these words.
LONGEST = 60
REMEMBERED_S = 5.0


async def words_of(deps: Deps, account: str) -> list[Words]:
    """The account's, as they were a few seconds ago."""

    async def read() -> list[Words]:
        found = await repository.find_words(deps.mongo, account)
        return found.words if found else []

    return await deps.memory.recall(question(account), read, for_s=REMEMBERED_S)


async def show(deps: Deps, caller: Caller) -> OptWordsShown:
    """Those of the account, and those that are heard without anybody's doing."""
    found = await repository.find_words(deps.mongo, caller.account)
    return OptWordsShown(
        items=[WordsShown(locale=one.locale, stop=one.stop, start=one.start) for one in found.words] if found else [],
        known=[
            WordsShown(locale=language, stop=sorted(STOP[language]), start=sorted(START[language])) for language in STOP
        ],
    )


async def set_words(act: Act, wanted: OptWordsWanted) -> OptWordsShown:
    """In the place of those before."""
    check_words(wanted.items)
    before = await show(act.deps, act.caller)
    act.note.target, act.note.before = {"account": act.account}, before.items
    words = [Words(locale=one.locale, stop=one.stop, start=one.start) for one in wanted.items]
    await repository.set_words(act.deps.mongo, OptWords(id=act.account, account=act.account, words=words))
    act.deps.memory.forget(question(act.account))
    after = await show(act.deps, act.caller)
    act.note.after = after.items
    return after


def check_words(wanted: Sequence[WordsWanted]) -> None:
    """Raise when one would never be heard, or would be heard as its contrary."""
    for one in wanted:
        for word in (*one.stop, *one.start):
            if not plain(word):
                raise BadWord("A word has letters or digits.", word=word, locale=one.locale)
        both = {plain(word) for word in one.stop} & {plain(word) for word in one.start}
        turned = [word for word in one.start if plain(word) in both or stands_in(STOP, plain(word), None)]
        turned += [word for word in one.stop if stands_in(START, plain(word), None)]
        if turned:
            raise BadWord("A word cannot mean that somebody stops and that they start.", words=turned)


def question(account: str) -> str:
    """By what the process remembers them."""
    return f"opt words {account}"
