"""Templates are nobody's own; what somebody would read is for those who may see the person."""

from collections.abc import Awaitable, Callable, Mapping

from tests.contracts.colleagues import Colleagues, Reach
from tests.contracts.core import make_person
from tests.contracts.matrix import Example
from tests.contracts.templates_examples import make_template

Maker = Callable[[Colleagues], Awaitable[Reach]]


async def previews(colleagues: Colleagues) -> Reach:
    """For the lead of each, told apart by the name that stands in it."""
    template = await make_template(colleagues.company)
    leads = {whose: await make_person(colleagues.company, assignee_id=id) for whose, id in colleagues.ids.items()}
    path = {"template_id": template.id}
    asked = [Example(path=path, query={"person_id": lead.id}) for lead in leads.values()]
    return Reach(asked, {whose: lead.name for whose, lead in leads.items()})


async def choices(colleagues: Colleagues) -> Reach:
    """The same, where only the name of the template is known."""
    template = await make_template(colleagues.company)
    leads = {whose: await make_person(colleagues.company, assignee_id=id) for whose, id in colleagues.ids.items()}
    named = {"line_id": template.line_id, "name": template.name}
    asked = [Example(query={**named, "person_id": lead.id}) for lead in leads.values()]
    return Reach(asked, {whose: lead.name for whose, lead in leads.items()})


REACHES: Mapping[str, Maker] = {"preview_template": previews, "choose_template": choices}
