"""How a mail may look: of each `style` what cannot reach for anything, nor leave its place."""

import re

PROPERTIES = frozenset(
    """
    background background-color border border-bottom border-bottom-color border-bottom-left-radius
    border-bottom-right-radius border-bottom-style border-bottom-width border-collapse border-color border-left
    border-left-color border-left-style border-left-width border-radius border-right border-right-color
    border-right-style border-right-width border-spacing border-style border-top border-top-color
    border-top-left-radius border-top-right-radius border-top-style border-top-width border-width box-sizing
    caption-side clear color direction display empty-cells float font font-family font-size font-style font-variant
    font-weight height letter-spacing line-height list-style-position list-style-type margin margin-bottom margin-left
    margin-right margin-top max-height max-width min-height min-width opacity overflow overflow-wrap padding
    padding-bottom padding-left padding-right padding-top table-layout text-align text-decoration text-indent
    text-transform unicode-bidi vertical-align visibility white-space width word-break word-spacing word-wrap
    """.split()  # noqa: SIM905 - to be read as words
)
# No backslash, which would write a name otherwise, and no colon or slash, without which there is no address.
VALUE = re.compile(r"[\w\s#%.,+'\"!()-]{1,300}", re.ASCII)
# Whatever else is called like a function may load something.
CALLED = re.compile(r"([\w-]*)\(", re.ASCII)
FUNCTIONS = frozenset({"", "rgb", "rgba", "hsl", "hsla"})
MOST_LETTERS = 5_000


def safe_style(style: str) -> str:
    """The declarations that may stay, in one spelling; the same again for what it gives."""
    declared = (one.partition(":") for one in style[:MOST_LETTERS].split(";"))
    spelled = ((name.strip().lower(), " ".join(value.split())) for name, _, value in declared)
    return ";".join(f"{name}:{value}" for name, value in spelled if is_safe(name, value))


def is_safe(name: str, value: str) -> bool:
    """Whether it is a property that only looks, with a value that says nothing but how."""
    called = {function.lower() for function in CALLED.findall(value)}
    return name in PROPERTIES and VALUE.fullmatch(value) is not None and called <= FUNCTIONS
