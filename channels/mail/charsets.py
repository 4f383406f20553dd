"""Letters out of bytes, whatever somebody says of them: charsets are misnamed, unknown, or meant to do harm."""

import codecs
import re

LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,39}")
# The ones that are believed. There is no UTF-7, in which markup hides, and nothing that unpacks or computes.
KNOWN = re.compile(
    r"utf-8|utf-16(-[bl]e)?|utf-32(-[bl]e)?|iso8859-\d+|cp\d+|koi8[-_][rtu]|gb18030|hz|big5(hkscs)?|shift_jis(x0213|_2004)?"
    r"|euc_\w+|iso2022_\w+|johab|mac-\w+|tis-620|kz1048|ptcp154"
)
# What is meant by names that programs use for something larger.
WIDER = {"iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949"}
# Control characters that mean nothing in a text, and halves of letters.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def letters(content: bytes, charset: str = "") -> str:
    """The text; what cannot be read stands in it as a replacement mark."""
    named = codec_of(charset)
    if named in {"", "utf-8"}:
        return guessed(content)
    return content.decode(named, "replace")


def codec_of(charset: str) -> str:
    """By what Python calls it; empty where it is unknown, or says nothing."""
    label = charset.strip(" \"'")
    if not LABEL.fullmatch(label):
        return ""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    name = WIDER.get(name, name)
    return name if KNOWN.fullmatch(name) else ""


def guessed(content: bytes) -> str:
    """As UTF-8, or else as Windows writes the West. A text of which some is UTF-8 is damaged UTF-8."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        damaged = content.decode(errors="replace")
    is_utf8 = re.search("[^\x00-\x7f\ufffd]", damaged) is not None
    return damaged if is_utf8 else content.decode("cp1252", "replace")


def cleaned(text: str) -> str:
    """Without what is no letter, and with one kind of line break."""
    return UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
