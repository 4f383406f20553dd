"""A mail as it is read: the same words as text and as HTML, which loads nothing from anywhere: what it shows goes
along. Pure, so that it is the same at every attempt to send it."""

import re
from html import escape
from string import Template

import msgspec

from hub.letterheads.colours import readable

# Mail programs fold away, or leave out of their answers, what stands below this line.
RULE = "-- "
PARAGRAPHS = re.compile(r"\n(?:[^\S\n]*\n)+")
URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
# What ends a sentence, and not the address in front of it.
AROUND = ".,;:!?'\u2019\u201d)]}*_"
LIGHT, DARK = "#ffffff", "#161215"

# Programs that know no style sheets get the light colours, which stand in the elements.
PAGE = Template("""\
<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<style>
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
.paper { background: #161215 !important; }
.ink { color: #f4eef1 !important; }
.soft { color: #c3b7bd !important; }
.faint { color: #a79ba1 !important; }
.sign { border-color: $accent_dark !important; }
.ink a, .soft a { color: $accent_dark !important; }
}
</style>
</head>
<body class="paper" style="margin:0;padding:0;background:#ffffff">
<table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" style="background:#ffffff">
<tr><td style="padding:24px 20px;font:16px/1.55 -apple-system,'Segoe UI',Roboto,Arial,sans-serif">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:640px;text-align:start">
$rows</table>
</td></tr>
</table>
</body>
</html>
""")
LOGO = Template("""\
<tr><td style="padding:0 0 20px"><img src="$src" width="$width" height="$height" alt="$alt" \
style="display:block;border:0"></td></tr>
""")
WORDS = Template('<tr><td class="ink" style="color:#211a1f;overflow-wrap:anywhere">\n$words</td></tr>\n')
SIGNATURE = Template("""\
<tr><td style="padding:12px 0 0"><table role="presentation" cellpadding="0" cellspacing="0"><tr>
<td class="soft sign" dir="auto" style="padding:0 12px;border-inline-start:3px solid $accent;color:#5b5157;\
font-size:15px;overflow-wrap:anywhere">$words</td>
</tr></table></td></tr>
""")
FOOTER = Template("""\
<tr><td class="faint" dir="auto" style="padding:20px 0 0;color:#6f656a;font-size:13px;overflow-wrap:anywhere">\
$words</td></tr>
""")
UNSUBSCRIBE = Template('$why <a class="faint" href="$url" style="color:#6f656a">$says</a>')


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """A picture where it stands, and what is read in its place."""

    src: str
    width: int
    height: int
    alt: str


class Foot(msgspec.Struct, frozen=True, kw_only=True):
    """Why one gets a mail that one has not asked for, and what is said of the address where one asks for no more."""

    why: str
    says: str
    url: str


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around the words."""

    signature: str = ""
    footer: str = ""
    foot: Foot | None = None
    logo: Drawn | None = None


def as_text(words: str, around: Around) -> str:
    """The whole mail as text."""
    foot = around.foot
    leaving = f"{foot.why}\n{foot.says}: {foot.url}" if foot else ""
    below = "\n\n".join(filter(None, (around.signature, around.footer, leaving)))
    return "\n\n".join(filter(None, (plain(words), f"{RULE}\n{below}" if below else "")))


def as_html(words: str, around: Around, accent: str) -> str:
    """The whole mail as HTML."""
    light, dark = readable(accent, LIGHT), readable(accent, DARK)
    rows = [pictured(around.logo)] if around.logo else []
    rows += [WORDS.substitute(words=paragraphs(words, light))]
    if around.signature:
        rows.append(SIGNATURE.substitute(words=lines(plain(around.signature), light), accent=light))
    if around.footer:
        rows.append(FOOTER.substitute(words=lines(plain(around.footer))))
    if foot := around.foot:
        leaving = UNSUBSCRIBE.substitute(why=escape(foot.why), says=escape(foot.says), url=escape(foot.url))
        rows.append(FOOTER.substitute(words=leaving))
    return PAGE.substitute(rows="".join(rows), accent_dark=dark)


def pictured(logo: Drawn) -> str:
    """The row above the words."""
    return LOGO.substitute(src=escape(logo.src), width=str(logo.width), height=str(logo.height), alt=escape(logo.alt))


def plain(text: str) -> str:
    """With the ends of lines that we work with, and no empty lines around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def paragraphs(text: str, accent: str) -> str:
    """Each between empty lines is one; each may be written from right to left."""
    found = PARAGRAPHS.split(plain(text))
    return "".join(f'<p dir="auto" style="margin:0 0 16px">{lines(one, accent)}</p>\n' for one in found if one)


def lines(text: str, accent: str = "") -> str:
    """With its line breaks; without an accent, links are of the colour of the words."""
    return linked(text, accent or "inherit").replace("\n", "<br>\n")


def linked(text: str, colour: str) -> str:
    """What people have written, escaped, with what is an address of a page as a link."""
    pieces, end = [], 0
    for found in URL.finditer(text):
        url = found[0].rstrip(AROUND)
        # A bracket that is opened within the address belongs to it.
        if found[0][len(url) : len(url) + 1] == ")" and url.count("(") > url.count(")"):
            url += ")"
        here = escape(url)
        pieces += [escape(text[end : found.start()]), f'<a href="{here}" style="color:{colour}">{here}</a>']
        end = found.start() + len(url)
    return "".join([*pieces, escape(text[end:])])
