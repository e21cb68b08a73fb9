"""What is another in a layout than before: answer by answer, old and new. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from submission_portal.deliveries.reading.layouts.content import Layout


@dataclass(frozen=True, slots=True)
class HeadingsOfElement:
    """The columns that an element is read from; none where it is not read, or not in the export."""

    element: str
    before: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactorOfHeading:
    """What the figures under a heading are multiplied by."""

    element: str
    heading: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class SameOnRows:
    """What an element is on every row; empty where nothing was said."""

    element: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class CodeOfText:
    """The code that a text means; empty where it was not said."""

    element: str
    text: str
    before: str
    now: str


Changed = HeadingsOfElement | FactorOfHeading | SameOnRows | CodeOfText


def changes(before: Layout, now: Layout) -> list[Changed]:
    """What is another. What only came to a layout, of an element that nothing was said of before, is no change.

    >>> from submission_portal.deliveries.reading.layouts.content import ColumnAnswer
    >>> old, new = Layout((ColumnAnswer("dvp", "beds"),)), Layout((ColumnAnswer("vpl", "beds"), ColumnAnswer("inne", "used")))
    >>> changes(old, new)
    [HeadingsOfElement(element='beds', before=('dvp',), now=('vpl',))]
    """
    return [*_headings(before, now), *_factors(before, now), *_constants(before, now), *_codes(before, now)]


def _headings(before: Layout, now: Layout) -> Iterator[HeadingsOfElement]:
    old, new = _by_element(before), _by_element(now)
    for element in sorted({*old, *before.absent}):
        headings = (old.get(element, ()), new.get(element, ()))
        if headings[0] != headings[1]:
            yield HeadingsOfElement(element, *headings)


def _by_element(layout: Layout) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in sorted(layout.columns, key=lambda column: column.heading):
        if one.element:
            found[one.element] = (*found.get(one.element, ()), one.heading)
    return found


def _factors(before: Layout, now: Layout) -> Iterator[FactorOfHeading]:
    old, new = before.by_heading, now.by_heading
    for heading in sorted({*before.factors, *now.factors}):
        if heading not in old or heading not in new or old[heading].element != new[heading].element:
            continue
        factors = (before.factors.get(heading, "1"), now.factors.get(heading, "1"))
        if factors[0] != factors[1]:
            yield FactorOfHeading(new[heading].element, heading, *factors)


def _constants(before: Layout, now: Layout) -> Iterator[SameOnRows]:
    for element, text in sorted(before.constants.items()):
        if now.constants.get(element, "") != text:
            yield SameOnRows(element, text, now.constants.get(element, ""))


def _codes(before: Layout, now: Layout) -> Iterator[CodeOfText]:
    for element, told in sorted(before.codes.items()):
        for text, code in sorted(told.items()):
            if now.codes.get(element, {}).get(text, "") != code:
                yield CodeOfText(element, text, code, now.codes.get(element, {}).get(text, ""))
