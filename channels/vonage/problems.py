"""How Vonage says that something went wrong: as RFC 7807 has it, with the code behind the # of the type's address or in
the title, and on some ways wrapped a second time (Vonage: "API Errors")."""

import re

from channels.reading import Fields

NUMBER = re.compile(r"[0-9]{4}")
WORD = re.compile(r"[a-z][a-z0-9-]{1,60}")


def code_of(problem: Fields) -> str:
    """The number, or else the word, that it is called by; empty where there is neither."""
    inner = problem.part("error")
    problem = inner if inner.values else problem
    behind = problem.text("type").rpartition("#")[2].strip().lower()
    title = problem.text("title").strip()
    if number := next((text for text in (behind, title) if NUMBER.fullmatch(text)), ""):
        return number
    return behind if WORD.fullmatch(behind) else ""
