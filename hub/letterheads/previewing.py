"""How a mail would look, before it is sent."""

from hub.access import Caller
from hub.deps import Deps
from hub.letterheads import logos
from hub.letterheads.dressing import account_name, sender_name_of
from hub.letterheads.keeping import signature_of, style_of, style_wanted
from hub.letterheads.models import Style
from hub.letterheads.shapes import MailPreview, PreviewWanted
from hub.letterheads.writing import Around, as_html, as_text
from hub.threads.access import author_of
from hub.threads.models import Author, AuthorKind


async def preview(deps: Deps, caller: Caller, wanted: PreviewWanted) -> MailPreview:
    """A mail of whoever asks."""
    account, author = caller.account, author_of(caller)
    business = await account_name(deps, account)
    style = style_wanted(wanted.letterhead) if wanted.letterhead else await style_of(deps, account)
    logo = await logos.logo_of(deps, account)
    around = Around(
        signature=await signed(deps, account, author, style, wanted.signature),
        footer=style.footer,
        logo=logos.drawn(logo, logos.as_url(logo), alt=business) if logo else None,
    )
    return MailPreview(
        sender_name=await sender_name_of(deps, account, author, style, business=business),
        text=as_text(wanted.text, around),
        html=as_html(wanted.text, around, style.accent) if style.is_html else "",
    )


async def signed(deps: Deps, account: str, author: Author, style: Style, wanted: str | None) -> str:
    """What stands under it: what is tried out, or the author's own."""
    if not style.has_signatures or author.kind is not AuthorKind.MEMBER:
        return ""
    return await signature_of(deps, account, author.id) if wanted is None else wanted.strip()
