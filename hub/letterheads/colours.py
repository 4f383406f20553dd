"""A colour that somebody has chosen, so that it can be read on any paper. Pure."""

# What small words need against their paper (WCAG 2.2, success criterion 1.4.3).
CONTRAST = 4.5
STEPS = 20
Colour = tuple[float, float, float]


def readable(colour: str, paper: str) -> str:
    """The colour, or the nearest to it that can be read on this paper: nearer to black, or to white."""
    chosen, under = read(colour), read(paper)
    end = (0.0,) * 3 if luminance(under) > 0.18 else (1.0,) * 3
    for step in range(STEPS + 1):
        mixed = mix(chosen, end, step / STEPS)
        if contrast(mixed, under) >= CONTRAST:
            return written(mixed)
    return written(end)


def read(colour: str) -> Colour:
    """`#rrggbb` as shares of red, green and blue."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red / 255, green / 255, blue / 255


def written(colour: Colour) -> str:
    """As style sheets have it."""
    return "#" + bytes(round(share * 255) for share in colour).hex()


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """So much of the other in it."""
    red, green, blue = (mine + (theirs - mine) * share for mine, theirs in zip(one, other, strict=True))
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """How well one of them can be read on the other, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Colour) -> float:
    """How bright it is to the eye."""
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
