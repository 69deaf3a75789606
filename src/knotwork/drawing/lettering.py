"""How wide words are in Public Sans, so that a label can be placed before any browser has drawn it."""

from knotwork.drawing.svg import Markup, Value, element, number

# Advance widths of the printable ASCII characters in thousandths of the type size, from the font files in
# fonts/ (a test reads them again). Any other letter counts as a wide one: a label may get too much room,
# never too little.
_REGULAR = (
    243, 251, 426, 603, 658, 904, 708, 248, 302, 309, 394, 554, 242, 378, 225, 350, 612, 407, 596, 630, 628,
    640, 622, 600, 648, 624, 226, 240, 546, 554, 546, 521, 831, 710, 670, 688, 694, 620, 594, 733, 766, 283,
    388, 682, 578, 886, 754, 734, 636, 748, 676, 670, 594, 700, 672, 954, 688, 607, 637, 303, 350, 303, 473,
    518, 218, 553, 596, 544, 596, 566, 396, 622, 576, 248, 262, 562, 303, 865, 577, 566, 596, 596, 391, 506,
    389, 580, 504, 780, 564, 535, 480, 328, 263, 332, 568,
)  # fmt: skip
_SEMIBOLD = (
    234, 268, 455, 610, 670, 923, 750, 255, 320, 324, 437, 573, 260, 386, 250, 368, 630, 418, 618, 649, 644,
    659, 643, 614, 660, 643, 250, 261, 563, 573, 563, 528, 829, 719, 678, 704, 708, 628, 604, 747, 768, 296,
    396, 701, 578, 903, 770, 748, 645, 762, 687, 682, 606, 714, 690, 962, 704, 640, 654, 322, 368, 322, 479,
    536, 243, 560, 603, 546, 603, 572, 396, 626, 585, 258, 276, 572, 317, 882, 586, 571, 602, 602, 402, 518,
    404, 588, 513, 784, 577, 550, 489, 358, 266, 360, 592,
)  # fmt: skip
_WIDE = 1150


def width_of(text: str, size: float, *, semibold: bool = False) -> float:
    """How far a line of text reaches at this type size."""
    widths = _SEMIBOLD if semibold else _REGULAR
    return size / 1000 * sum(widths[ord(c) - 32] if " " <= c <= "~" else _WIDE for c in text)


def wrapped(text: str, size: float, width: float, *, semibold: bool = False) -> tuple[str, ...]:
    """Break text at its spaces into lines no wider than ``width``; one longer word stands alone, unbroken.

    >>> wrapped("Nottingham City and Shire", 13, 110)
    ('Nottingham City', 'and Shire')
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, semibold=semibold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def lines_of_text(
    lines: tuple[str, ...], x: float, y: float, size: float, *, leading: float = 1.15, **attributes: Value
) -> Markup:
    """Lines one under the other; ``y`` is the baseline of the first."""
    if len(lines) == 1:
        return element("text", lines[0], x=x, y=y, font_size=size, **attributes)
    spans = (
        element("tspan", line, x=x, dy=number(size * leading) if index else None)
        for index, line in enumerate(lines)
    )
    return element("text", *spans, y=y, font_size=size, **attributes)
