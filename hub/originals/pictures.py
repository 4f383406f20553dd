"""The pictures of a mail: those that it brings along are shown; those that stand elsewhere only when somebody asks for
them, and then by way of us. What is too small to be seen only tells its sender that it was opened, and is left out."""

import base64
import binascii
import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import count, islice
from typing import NamedTuple
from urllib.parse import unquote

from hub.files.sniffing import by_magic
from hub.originals.parts import PICTURES

# Exact for what comes out of hub/originals/markup.py: every value is quoted, and has no angle bracket.
IMAGE = re.compile(r"<img((?: [\w-]+=\"[^\"]*\")*)>")
ATTRIBUTE = re.compile(r" ([\w-]+)=\"([^\"]*)\"")
DATA = re.compile(r"data:image/[\w.+-]+(?:;[\w=.-]+)*;base64,([\w+/=%-]+)", re.ASCII | re.IGNORECASE)
HIDDEN = r"display:none|visibility:hidden|(?:max-)?(?:width|height):[01]?(?:\.\d+)?(?:px)?"
NOTHING_TO_SEE = re.compile(rf"(?:^|;)(?:{HIDDEN})(?: ?!important)?(?:;|$)", re.IGNORECASE)
LONGEST_ADDRESS, MOST_ADDRESSES = 2_000, 300
# What stands behind these is left out: a few letters each become hundreds, and a mail has room for a million.
MOST_IMAGES = 2_000


class Wanted(NamedTuple):
    """The pictures that a page wants to show: where those stand that it does not bring along, each once; how often it
    shows those that it does, by their names; and whether it has more than are shown."""

    addresses: list[str]
    names: Counter[str]
    is_cut: bool


def wanted_by(markup: str) -> Wanted:
    """What this page wants."""
    images = list(islice(images_in(markup), MOST_IMAGES + 1))
    seen = (attributes for attributes in images[:MOST_IMAGES] if not is_unseen(attributes))
    sources = [attributes.get("src", "") for attributes in seen]
    addresses = dict.fromkeys(filter(None, map(elsewhere_of, sources)))
    names = Counter(filter(None, map(name_of, sources)))
    return Wanted(list(addresses)[:MOST_ADDRESSES], names, is_cut=len(images) > MOST_IMAGES)


def name_of(source: str) -> str:
    """What it calls a picture that it brings along: some write that as in an address, some in other letters."""
    return unquote(source[4:]).casefold() if source[:4].lower() == "cid:" else ""


def with_pictures(markup: str, known: Mapping[str, str]) -> str:
    """The same with every picture where it may be had from: `known` has that by their addresses, and by their names
    within the mail. Of the others is shown what they say instead."""
    numbers = count()

    def placed(image: re.Match[str]) -> str:
        if next(numbers) >= MOST_IMAGES or is_unseen(attributes := attributes_of(image[1])):
            return ""
        source = source_of(attributes.pop("src", ""), known)
        written = {**attributes, **({"src": source} if source else {})}
        return "<img" + "".join(f' {name}="{html.escape(value)}"' for name, value in written.items()) + ">"

    return IMAGE.sub(placed, markup)


def source_of(said: str, known: Mapping[str, str]) -> str:
    """From where it is loaded; nothing, where it is not."""
    if said.lower().startswith("data:"):
        return checked_data(said)
    return known.get(elsewhere_of(said) or name_of(said), "")


def elsewhere_of(source: str) -> str:
    """An address on the internet, if it is one."""
    address = f"https:{source}" if source.startswith("//") else source
    is_there = address.lower().startswith(("http://", "https://")) and len(address) <= LONGEST_ADDRESS
    return address if is_there else ""


def checked_data(said: str) -> str:
    """A picture that stands in its own address, if it is one."""
    written = DATA.fullmatch(said)
    try:
        content = base64.b64decode(written[1].replace("%2B", "+").replace("%3D", "=")) if written else b""
    except binascii.Error:
        return ""
    type = by_magic(content)
    return data_of(type, content) if type in PICTURES else ""


def data_of(type: str | None, content: bytes) -> str:
    """An address that is the picture itself."""
    return f"data:{type};base64,{base64.b64encode(content).decode()}"


def images_in(markup: str) -> Iterator[dict[str, str]]:
    """What each of them says."""
    return (attributes_of(found[1]) for found in IMAGE.finditer(markup))


def attributes_of(written: str) -> dict[str, str]:
    """By name."""
    return {name: html.unescape(value) for name, value in ATTRIBUTE.findall(written)}


def is_unseen(attributes: Mapping[str, str]) -> bool:
    """Whether nobody would see it."""
    sizes = (attributes.get(name, "").strip().removesuffix("px") for name in ("width", "height"))
    return any(size in ("0", "1") for size in sizes) or bool(NOTHING_TO_SEE.search(attributes.get("style", "")))
