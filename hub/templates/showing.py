"""Templates: opened, and as the API shows them."""

import msgspec
from bson.binary import Binary
from msgspec.structs import replace

from hub.deps import Deps
from hub.templates.blanks import with_known
from hub.templates.models import PLACE, KeptTemplate, Words
from hub.templates.shapes import BlankShown, MessageTemplateShown


async def words_of(deps: Deps, template: KeptTemplate) -> Words:
    """What it says. Which blanks there are, its parts tell."""
    opened = await deps.sealer.unseal(template.account, PLACE, template.words)
    words = msgspec.json.decode(opened, type=Words)
    return replace(words, blanks=with_known(words.parts, words.blanks))


async def sealed(deps: Deps, account: str, words: Words) -> Binary:
    """As it is kept."""
    return (await deps.sealer.keyring(account)).seal(PLACE, msgspec.json.encode(words))


async def shown(deps: Deps, template: KeptTemplate) -> MessageTemplateShown:
    """As the API shows it."""
    words = await words_of(deps, template)
    parts = words.parts
    return MessageTemplateShown(
        id=template.id,
        line_id=template.line,
        name=template.name,
        language=template.language,
        category=template.category,
        state=template.state,
        quality=template.quality,
        reason=template.reason,
        body=parts.body,
        header_kind=parts.header_kind,
        header=parts.header,
        header_media=words.header_media,
        footer=parts.footer,
        buttons=[*parts.buttons],
        blanks=[
            BlankShown(key=one.key, sample=one.sample, source=one.source, fallback=one.fallback) for one in words.blanks
        ],
        made_at=template.made_at,
        changed_at=template.changed_at,
    )
