"""The pieces that drawings are made of: the element itself with its words, a text, a mark, a coordinate. Pure."""

from collections.abc import Sequence
from enum import StrEnum

from markupsafe import Markup, escape


class Cause(StrEnum):
    """Why a series breaks: four causes, never mixed up."""

    WORDING = "wording"
    APPLICATION = "application"
    COVERAGE = "coverage"
    SOURCE = "source"


def svg(id_: str, title: str, description: str, width: int, height: float, classes: str, body: Sequence[str]) -> Markup:
    head = Markup(
        '<svg class="drawing {classes}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{id}-t {id}-d">'
        '<title id="{id}-t">{title}</title><desc id="{id}-d">{description}</desc>'
    ).format(classes=classes, width=width, height=n(height), id=id_, title=title, description=description)
    return head + Markup("".join(body)) + Markup("</svg>")  # noqa: S704 (every text in body went through escape)


def text(words: str, x: float, y: float, classes: str) -> str:
    attribute = f' class="{classes}"' if classes else ""
    return f'<text{attribute} x="{n(x)}" y="{n(y)}">{escape(words)}</text>'


def n(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def mark(cause: Cause, x: float, y: float) -> str:
    """The mark of a break, centred: square, diamond, triangle or cross."""
    at = f"M{n(x)} {n(y)}"
    match cause:
        case Cause.WORDING:
            return f'<path class="mark" d="{at}m-8-8h16v16h-16z"/>'
        case Cause.APPLICATION:
            return f'<path class="mark" d="{at}m0-10 9 10-9 10-9-10z"/>'
        case Cause.COVERAGE:
            return f'<path class="mark" d="{at}m0-9 9 17h-18z"/>'
        case Cause.SOURCE:
            return f'<path class="mark-cross" d="{at}m-7-7 14 14m0-14-14 14"/>'
