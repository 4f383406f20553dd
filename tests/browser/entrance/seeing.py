"""What a page is like for eyes and for screen readers: contrast, names, what does not fit."""

from playwright.async_api import Page

# WCAG 2.2: 4.5 for text, 3 for large text and for the edges of what can be filled in.
CONTRAST = """
() => {
    const parts = (colour) => (colour.match(/[\\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
    const over = ([r, g, b, a = 1], below) => [r, g, b].map((value, i) => value * a + below[i] * (1 - a));
    const linear = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    const light = (rgb) => { const [r, g, b] = rgb.map(linear); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
    const ratio = (one, other) => {
        const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
        return (high + 0.05) / (low + 0.05);
    };
    const painted = (style) => [style.backgroundColor, ...(style.backgroundImage.match(/rgba?\\([^)]+\\)/g) ?? [])]
        .map(parts).filter(([, , , alpha = 1]) => alpha > 0);
    const backdrops = (element) => {
        if (!element) return [[255, 255, 255]];
        const colours = painted(getComputedStyle(element));
        if (colours.some(([, , , alpha = 1]) => alpha === 1)) return colours.map((colour) => over(colour, [0, 0, 0]));
        const below = backdrops(element.parentElement);
        return colours.length ? below.flatMap((one) => colours.map((colour) => over(colour, one))) : below;
    };
    const worst = (colour, element) => Math.min(...backdrops(element).map((one) => ratio(over(colour, one), one)));
    const isSeen = (element) => {
        const { width, height } = element.getBoundingClientRect();
        return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true });
    };
    const poor = [];
    const check = (what, colour, element, least) => {
        const found = worst(parts(colour), element);
        if (found < least) poor.push(`${what}: ${found.toFixed(2)} of ${least}`);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const { textContent, parentElement } = walker.currentNode;
        if (!textContent.trim() || !isSeen(parentElement)) continue;
        const { color, fontSize, fontWeight } = getComputedStyle(parentElement);
        const size = parseFloat(fontSize);
        const isLarge = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 600);
        check(textContent.trim(), color, parentElement, isLarge ? 3 : 4.5);
    }
    for (const input of [...document.querySelectorAll("input")].filter(isSeen)) {
        const { color, borderTopColor } = getComputedStyle(input);
        check(`what is typed into ${input.name}`, color, input, 4.5);
        check(`the edge of ${input.name}`, borderTopColor, input.parentElement, 3);
    }
    return poor;
}
"""
NAMELESS = """
() => [...document.querySelectorAll("a, button, input:not([aria-hidden])")]
    .filter((one) => one.checkVisibility())
    .filter((one) => !(one.labels?.[0] ?? one).textContent.trim() && !one.getAttribute("aria-label"))
    .map((one) => one.outerHTML)
"""
UNTOLD = """
() => [...document.querySelectorAll("input:not([aria-hidden])")]
    .filter((one) => !one.autocomplete || !document.getElementById(one.getAttribute("aria-describedby")))
    .map((one) => one.name)
"""


async def poor_contrast(page: Page, scheme: str) -> list[str]:
    """Whatever is too faint in the light or in the dark."""
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    await page.evaluate("Promise.allSettled(document.getAnimations().map(one => one.finished))")
    found: list[str] = await page.evaluate(CONTRAST)
    return found


async def nameless(page: Page) -> list[str]:
    """Whatever can be used and has no name, or is to be filled in and says neither what with nor what is wrong."""
    found: list[str] = [*await page.evaluate(NAMELESS), *await page.evaluate(UNTOLD)]
    return found


async def overflow(page: Page) -> int:
    """How much wider than the screen the page is."""
    found: int = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return found
