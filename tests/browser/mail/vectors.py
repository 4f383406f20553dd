"""The mails that mean harm: each line of vectors.txt, with calls and addresses by which one hears which it was."""

import base64
import re
from collections.abc import Callable, Mapping
from pathlib import Path

HOST = "evil.test"
CONTROLS = str.maketrans("␀␉␊␌␍", "\0\t\n\f\r")
WRITTEN: Mapping[str, Callable[[str], str]] = {
    "B64": lambda text: base64.b64encode(text.encode()).decode(),
    "ENT": lambda text: "".join(f"&#{ord(letter):07}" for letter in text),
    "HEX": lambda text: "".join(f"&#x{ord(letter):x};" for letter in text),
    "PCT": lambda text: "".join(f"%{ord(letter):02x}" for letter in text),
    "UNI": lambda text: "".join(f"\\u{ord(letter):04x}" for letter in text),
}
CODED = re.compile(r"(B64|ENT|HEX|PCT|UNI)\[(.*?)\](?!\])")


def vectors() -> list[str]:
    """All of them; which one it is stands in what it does."""
    lines = Path(__file__).with_name("vectors.txt").read_text().splitlines()
    return [armed(line, number) for number, line in enumerate(lines) if line and not line.startswith("# ")]


def armed(line: str, number: int) -> str:
    """As it is sent."""
    said = line.replace("RUN", f"hit({number})").replace("(N)", f"({number})").replace("URL", f"http://{HOST}/{number}")
    said = said.replace("TLS", f"https://n{number}.{HOST}").replace(f"{HOST}/N", f"{HOST}/{number}")
    return CODED.sub(lambda coded: WRITTEN[coded[1]](coded[2]), said).translate(CONTROLS)
