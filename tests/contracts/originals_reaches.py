"""Whose mails are shown as they came: those of the conversations that one may see."""

from collections.abc import Awaitable, Callable, Mapping

from hub.threads.log import get_thread
from hub.threads.models import THE_HUB
from hub.threads.ownership import take_over
from tests.contracts.colleagues import Colleagues, Reach
from tests.contracts.originals_examples import about, make_mail


async def each_original(colleagues: Colleagues) -> Reach:
    """Told apart by what the mail says."""
    company, asked = colleagues.company, []
    words = {whose: f"{company.name()}." for whose in colleagues.ids}
    for whose, id in colleagues.ids.items():
        entry = await make_mail(company, words[whose])
        thread = await get_thread(company.deps, company.account, entry.thread)
        await take_over(company.deps, thread, THE_HUB, id, from_other=True)
        asked.append(about(entry))
    return Reach(asked, words)


REACHES: Mapping[str, Callable[[Colleagues], Awaitable[Reach]]] = {
    "show_original": each_original,
}
