"""The HTML of a mail, made harmless. nh3 takes it apart as browsers do, and what is written anew is only what stands in
these lists: nothing that runs, nothing that loads by itself, no form, and no style but a tag's own."""

import re
from collections.abc import Mapping

import nh3

from hub.originals.styles import safe_style

TAGS = frozenset(
    """
    a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn
    dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre
    q s samp section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr
    """.split()  # noqa: SIM905 - to be read as words
)
# What stands inside these is nothing to be read, or something that browsers read otherwise than as HTML.
GONE_WITH_CONTENT = frozenset(
    """
    applet audio canvas embed frame frameset iframe math noembed noframes noscript object plaintext script select style
    svg template textarea title video xmp
    """.split()  # noqa: SIM905 - to be read as words
)
EVERYWHERE = frozenset({"align", "bgcolor", "color", "dir", "height", "lang", "style", "title", "valign", "width"})
OF_CELLS = frozenset({"abbr", "colspan", "nowrap", "rowspan", "scope"})
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "*": EVERYWHERE,
    "a": frozenset({"href"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "font": frozenset({"face", "size"}),
    "hr": frozenset({"noshade", "size"}),
    "img": frozenset({"alt", "border", "hspace", "src", "vspace"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "table": frozenset({"border", "cellpadding", "cellspacing", "frame", "rules", "summary"}),
    "td": OF_CELLS,
    "th": OF_CELLS,
    "ul": frozenset({"type"}),
}
SCHEMES = frozenset({"http", "https", "mailto", "tel", "cid", "data"})
LINK = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>]+", re.IGNORECASE)
PICTURE = re.compile(r"(?:cid:|data:image/|https?://|//)[^\s<>]+", re.IGNORECASE)
# Browsers skip these inside an address: whoever looks at it must skip them too.
SKIPPED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
LONGEST_TITLE = 1_000
LINK_TAG = re.compile("<a(?=[ >])")
LINK_TAG_ELSEWHERE = '<a target="_blank" rel="noopener noreferrer nofollow"'


def clean(html: str) -> str:
    """As much of it as is harmless, in one spelling: cleaned again it stays what it is. Pictures still say where they
    are; no angle bracket stands but for a tag."""
    return LINK_TAG.sub(LINK_TAG_ELSEWHERE, CLEANER.clean(html))


def kept(tag: str, name: str, value: str) -> str | None:
    """What an attribute says from here on; None takes it away."""
    if name == "style":
        return safe_style(value) or None
    if name == "href":
        return address_of(value, LINK)
    if name == "src":
        return address_of(value, PICTURE)
    return re.sub("[<>]", "", value)[:LONGEST_TITLE]


def address_of(said: str, known: re.Pattern[str]) -> str | None:
    """An address of a kind that is known, as a browser would read it."""
    address = SKIPPED.sub("", said)
    return address if known.fullmatch(address) else None


CLEANER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=GONE_WITH_CONTENT,
    attributes=ATTRIBUTES,
    attribute_filter=kept,
    url_schemes=SCHEMES,
    # It adds this in an order of its own each time: we do it ourselves.
    link_rel=None,
)
