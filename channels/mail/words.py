"""The words of a mail: which of its parts has them, and what of them somebody has written now."""

from dataclasses import dataclass

from channels.mail.markup import LONGEST, words_of
from channels.mail.parts import Part, parameter
from channels.mail.quotes import is_forward, own_words

# What is kept of a text, in bytes; and what is looked at of one, in letters.
LONGEST_TEXT, LONGEST_LOOKED_AT = 64 * 1024, 300_000
PLAIN, HTML = "text/plain", "text/html"
# Around a text that is signed within itself.
SIGNED, SIGNATURE, END = (
    f"-----{mark} PGP {what}-----"
    for mark, what in (("BEGIN", "SIGNED MESSAGE"), ("BEGIN", "SIGNATURE"), ("END", "SIGNATURE"))
)


@dataclass(frozen=True)
class Said:
    """What a mail says: `is_shortened` by what it quotes, `is_cut` because it was too long. `html` is what it looks
    like, where it is known."""

    text: str = ""
    html: str = ""
    is_shortened: bool = False
    is_cut: bool = False


def said_in(mail: Part, subject: str) -> Said:
    """What whoever sent it has written themselves."""
    whole = text_of(mail, room=[LONGEST]).strip()
    looked_at = unarmoured(whole[:LONGEST_LOOKED_AT])
    own, is_shortened = own_words(looked_at, is_forward=is_forward(subject))
    kept = own.encode()[:LONGEST_TEXT].decode(errors="ignore")
    return Said(
        text=kept,
        html="".join(part.text for part in mail.leaves() if is_words(part) and part.type == HTML),
        is_shortened=is_shortened,
        is_cut=len(kept) < len(own) or len(whole) > LONGEST_LOOKED_AT,
    )


def unarmoured(text: str) -> str:
    """Without the first of such marks, and what stands in them."""
    start = text.find(SIGNED)
    said = text.find("\n\n", start) if start >= 0 else -1
    signed = text.find(SIGNATURE, said) if said >= 0 else -1
    if signed < 0:
        return text
    end = text.find(END, signed)
    return text[:start] + text[said + 2 : signed] + (text[end + len(END) :] if end >= 0 else "")


def is_words(part: Part) -> bool:
    """Whether it is there to be read, and no file."""
    return part.type in (PLAIN, HTML) and not part.is_attached and not part.file_name


def text_of(part: Part, *, room: list[int]) -> str:
    """All that stands in it; `room` is for how much HTML there is some."""
    if not part.children:
        return text_of_leaf(part, room=room) if is_words(part) else ""
    is_one_of_several = part.type == "multipart/alternative"
    # Of several that say the same, the one for people without pictures, unless it is empty.
    children = sorted(part.children, key=lambda child: not has_plain(child)) if is_one_of_several else part.children
    said = filter(str.strip, (text_of(child, room=room) for child in children))
    return next(said, "") if is_one_of_several or part.type == "multipart/related" else "\n".join(said)


def has_plain(part: Part) -> bool:
    """Whether there are plain words in it."""
    return any(leaf.type == PLAIN and is_words(leaf) for leaf in part.leaves())


def text_of_leaf(part: Part, *, room: list[int]) -> str:
    """One part's words."""
    if part.type == HTML:
        html = part.text[: room[0]]
        room[0] -= len(html)
        return words_of(html)
    return unfolded(part) if parameter(part.headers, "format").lower() == "flowed" else part.text


def unfolded(part: Part) -> str:
    """A text whose lines were broken to be sent, with its own lines (RFC 3676)."""
    is_cut_at_space = parameter(part.headers, "delsp").lower() == "yes"
    lines: list[list[str]] = []
    is_open = False
    for line in part.text.split("\n"):
        said = line.removeprefix(" ")
        is_broken = said.endswith(" ") and said != "-- " and not said.startswith(">")
        piece = said[:-1] if is_broken and is_cut_at_space else said
        if is_open and not said.startswith(">") and said != "-- ":
            lines[-1].append(piece)
        else:
            lines.append([piece])
        is_open = is_broken
    return "\n".join(map("".join, lines))
