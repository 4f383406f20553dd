"""Words out of HTML, for mails that have nothing else. It is shown to nobody as HTML: nothing has to be made safe here,
and what a mail looks like is had from its original. It goes over the text once, however broken that is."""

import re
from collections.abc import Iterator
from html import unescape

# What comes later is not read.
LONGEST = 2_000_000
LONGEST_LINK = 1000
# As many may be open in one another; HTML allows of one.
MOST_LINKS = 5
# As mail programs begin what they quote; they mean the rest of the mail by it.
DIVIDER = "-----Original Message-----"
QUOTES = re.compile(
    r"""id\s*=\s*["']?(?:divRplyFwdMsg|stopSpelling|mail-editor-reference-message-container|zwchr|OLK_SRC_BODY_SECTION"""
    r"""|isReplyContent)|class\s*=\s*["']?[^"'>]{0,100}(?:yahoo_quoted|protonmail_quote|OutlookMessageHeader|zmail_extra)""",
    re.IGNORECASE,
)
# Once a quotation mark is open to the end, marks count no more.
TAG = re.compile("</?[a-zA-Z]")
STRICT = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^"'>]++|"[^"]*+"|'[^']*+')*+)>""")
LOOSE = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)([^>]*+)>")
HREF = re.compile(r"""(?:^|\s)href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
LINKS = ("https://", "http://", "mailto:", "tel:")
SILENT = {"style", "script", "title", "template", "noscript", "svg", "math", "object", "select"}
LINE = {
    "address",
    "article",
    "aside",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "figure",
    "footer",
    "form",
    "header",
    "hr",
} | {*("li", "main", "nav", "ol", "section", "table", "tr", "ul")}
PARAGRAPH = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"}
CELL = {"td", "th"}
MSO_LINE = re.compile(r"class\s*=\s*[\"']?Mso", re.IGNORECASE)


def words_of(html: str) -> str:
    """What it says, line by line; in front of what is quoted stands a `>`, as in a mail without HTML."""
    page = Page()
    for piece in pieces(html[:LONGEST]):
        if isinstance(piece, str):
            page.say(piece)
        else:
            page.mark(piece)
    return page.text


def pieces(html: str) -> Iterator[str | re.Match[str]]:
    """Texts and tags in turn, without comments and what is no text."""
    place, tag = 0, STRICT
    while (opened := html.find("<", place)) >= 0:
        yield html[place:opened]
        if html.startswith("<!", opened) or html.startswith("<?", opened):
            place = end_of_comment(html, opened)
            continue
        if not TAG.match(html, opened):
            yield "<"
            place = opened + 1
            continue
        found = tag.match(html, opened)
        if found is None and tag is STRICT:
            tag = LOOSE
            found = tag.match(html, opened)
        if found is None:
            # No tag ends any more.
            place = opened
            break
        place = found.end()
        if not found[1] and found[2].lower() in SILENT:
            place = end_of_silence(html, place, found[2])
        else:
            yield found
    yield html[place:]


def end_of_comment(html: str, start: int) -> int:
    """Behind it; one without an end reaches to that of the text."""
    mark = "-->" if html.startswith("<!--", start) else ">"
    end = html.find(mark, start + 2)
    return end + len(mark) if end >= 0 else len(html)


def end_of_silence(html: str, start: int, name: str) -> int:
    """In front of the tag that ends it."""
    found = re.compile(f"</{re.escape(name)}", re.IGNORECASE).search(html, start)
    return found.start() if found else len(html)


class Page:
    """What has been read so far: whole lines, the one that is being read, and what it stands in."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        # How many line breaks come before whatever comes next.
        self.breaks = 0
        self.quoted = 0
        self.verbatim = 0
        self.links: list[tuple[str, int]] = []

    @property
    def text(self) -> str:
        """All of it."""
        self.end_line()
        return "\n".join(self.lines).strip("\n")

    def say(self, text: str) -> None:
        """Words of the mail."""
        text = unescape(text)
        if "\xa0" in text and not text.strip() and self.breaks:
            # An empty line, as Word makes one.
            self.breaks += 1
        elif self.verbatim:
            first, *others = text.split("\n")
            self.add(first)
            for line in others:
                self.breaks += 1
                self.add(line)
        else:
            self.add(SPACES.sub(" ", text))

    def add(self, words: str) -> None:
        """To the line; a space alone begins none."""
        if not words or (not self.verbatim and words == " " and (self.breaks or not self.line)):
            return
        if self.breaks:
            self.end_line()
        self.line.append(words)

    def end_line(self) -> None:
        """What is said until now stands on lines of its own, with one empty line after it at most."""
        mark = "> " if self.quoted else ""
        if said := "".join(self.line).strip(" " if not self.verbatim else ""):
            self.lines.append(mark + said)
        if self.breaks > 1 and self.lines and self.lines[-1]:
            self.lines.append("")
        self.line, self.breaks, self.links = [], 0, [(href, 0) for href, _ in self.links]

    def mark(self, tag: re.Match[str]) -> None:
        """A tag: what it means for the lines."""
        name, is_end = tag[2].lower(), bool(tag[1])
        if name == "br":
            self.breaks += 1
        elif name in LINE or name in PARAGRAPH:
            self.block(name, tag[3], is_end=is_end)
        elif name in CELL and not is_end:
            self.add(" ")
        elif name == "a":
            self.link(tag[3], is_end=is_end)
        if not is_end and QUOTES.search(tag[3]):
            self.divide()

    def block(self, name: str, attributes: str, *, is_end: bool) -> None:
        """Something that has lines of its own."""
        step = -1 if is_end else 1
        is_spaced = name in PARAGRAPH and not MSO_LINE.search(attributes)
        if name == "blockquote":
            self.breaks = max(self.breaks, 1)
            self.end_line()
            self.quoted = max(0, self.quoted + step)
        elif name == "pre":
            self.verbatim = max(0, self.verbatim + step)
        # The end of a paragraph of Word does not say that it is one.
        self.breaks = max(self.breaks, 2 if is_spaced and not is_end else 1)
        if name == "li" and not is_end:
            self.add("- ")

    def link(self, attributes: str, *, is_end: bool) -> None:
        """Its address stands behind its words, unless they are the address."""
        if not is_end:
            found = HREF.search(attributes)
            href = unescape(next(filter(None, found.groups()), "")).strip() if found else ""
            self.links.append((href, len(self.line) if not self.breaks else 0))
            del self.links[:-MOST_LINKS]
        elif self.links:
            href, start = self.links.pop()
            bare = href.partition(":")[2].strip("/")
            said = "".join(self.line[start:])
            if said.strip() and href.lower().startswith(LINKS) and len(href) <= LONGEST_LINK and bare not in said:
                self.line.append(f" ({href.removeprefix('mailto:')})")

    def divide(self) -> None:
        """From here on it quotes."""
        self.breaks = max(self.breaks, 1)
        self.add(DIVIDER)
        self.breaks = 1
