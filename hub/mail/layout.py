"""How our letters look: the same words as text and as HTML, which loads nothing from anywhere."""

from collections.abc import Sequence
from html import escape
from string import Template
from typing import NamedTuple

from hub.mail.models import Letter

FOOTER = "Parley wrote this by itself; nobody reads what you answer."

# Programs that know no style sheets get the light colours, which stand in the elements.
PAGE = Template("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>$subject</title>
<style>
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
.paper { background: #161215 !important; }
.sheet { background: #1f191d !important; border-color: #362d33 !important; }
.ink { color: #f4eef1 !important; }
.soft { color: #c3b7bd !important; }
.faint { color: #a79ba1 !important; }
.mark { color: #e6a8d0 !important; }
.button { background: #e6a8d0 !important; }
.button a { color: #2d0f25 !important; }
}
</style>
</head>
<body class="paper" style="margin:0;padding:0;background:#faf8f5">
<table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" style="background:#faf8f5">
<tr><td align="center" style="padding:32px 16px;font:16px/1.6 -apple-system,'Segoe UI',Roboto,Arial,sans-serif">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:520px;text-align:left">
<tr><td class="mark" style="padding:0 4px 16px;color:#7d2f65;font-weight:700;font-size:18px">Parley</td></tr>
<tr><td class="sheet" style="padding:32px;background:#ffffff;border:1px solid #e7e0d9;border-radius:16px">
<h1 class="ink" style="margin:0 0 12px;color:#211a1f;font-size:22px;line-height:1.25;overflow-wrap:anywhere">
$subject</h1>
<p class="ink" style="margin:0;color:#211a1f;overflow-wrap:anywhere">$before</p>
$rows$link<p class="soft" style="margin:24px 0 0;color:#5b5157;font-size:14px">$after</p>
</td></tr>
<tr><td class="faint" style="padding:16px 4px 0;color:#6f656a;font-size:13px">$footer</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
""")
# The address stands below the button too: some programs show no links, and some people rather copy.
LINK = Template("""\
<table role="presentation" cellpadding="0" cellspacing="0" style="margin:24px 0 0"><tr>
<td class="button" style="background:#7d2f65;border-radius:10px"><a href="$url"
style="display:inline-block;padding:12px 24px;color:#ffffff;font-weight:600;text-decoration:none">$words</a></td>
</tr></table>
<p class="faint" style="margin:16px 0 0;color:#6f656a;font-size:13px;line-height:1.5;overflow-wrap:anywhere">$url</p>
""")
ROW = Template("""\
<p class="ink" style="margin:12px 0 0;color:#211a1f;overflow-wrap:anywhere"><a class="mark" href="$url"
style="color:#7d2f65">$words</a></p>
""")


class Link(NamedTuple):
    """The one thing to do; or one of several to look at."""

    words: str
    url: str


def lay_out(subject: str, before: str, *, rows: Sequence[Link] = (), link: Link | None = None, after: str) -> Letter:
    """One letter: what it is about, what there is to see and to do, and what else to know."""
    listed = "\n".join(f"- {row.words}\n  {row.url}" for row in rows)
    parts = [before, listed, f"{link.words}:\n{link.url}" if link else "", after, f"-- \n{FOOTER}"]
    text = "\n\n".join(filter(None, parts)) + "\n"
    page = PAGE.substitute(
        subject=escape(subject),
        before=escape(before),
        rows="".join(ROW.substitute(words=escape(row.words), url=escape(row.url)) for row in rows),
        link=LINK.substitute(words=escape(link.words), url=escape(link.url)) if link else "",
        after=escape(after),
        footer=escape(FOOTER),
    )
    return Letter(subject, text, page)
