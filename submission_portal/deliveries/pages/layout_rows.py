"""A layout on its page: each answer in words, with the field that says that it is to be asked again.

fraga-rubrik   a heading, several may be given
fraga-element  an element of which everything but its column is asked again; ``-`` is the rows that are left out
"""

from dataclasses import dataclass

from flask_babel import gettext as _

from information_models.definitions import LoadedModel
from registry.findings import Text
from submission_portal.deliveries.pages.layout_cards import factor_words
from submission_portal.deliveries.pages.names import code_label, heading_told, label_of
from submission_portal.deliveries.reading.layouts.content import NOTE, SUM, Layout, LayoutBreak

HEADING, ELEMENT, ROWS = "fraga-rubrik", "fraga-element", "-"

BREAKS = {
    LayoutBreak.SOURCE: Text("Källan är en annan: ett nytt system, eller ett annat uttag", "The source is another: a new system or export"),
    LayoutBreak.APPLICATION: Text("Vi tillämpar ordalydelsen på ett annat sätt", "We apply the wording in another way"),
    LayoutBreak.NONE: Text("Svaret var fel: leveranser som lästs med det ersätts", "The answer was wrong: deliveries read with it are replaced"),
}  # fmt: skip
"""What a changed answer may be, in the order in which it is asked."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer. ``field`` and ``value`` say in a form that it is to be asked again."""

    what: str
    answer: str
    field: str
    value: str


def answer_rows(layout: Layout, loaded: LoadedModel) -> list[AnswerRow]:
    """All answers of a layout, columns first."""
    rows = [
        AnswerRow(
            _(
                "The column %(heading)s",
                heading=f"«{one.heading.upper() if layout.headless else heading_told(one.heading)}»",
            ),
            label_of(loaded, one.element) if one.element else _("not read in"),
            HEADING,
            one.heading,
        )
        for one in layout.columns
    ]
    rows += [AnswerRow(label_of(loaded, name), _("not in our export"), ELEMENT, name) for name in layout.absent]
    rows += [
        AnswerRow(
            label_of(loaded, name), _("%(text)s on every row", text=code_label(loaded, name, text)), ELEMENT, name
        )
        for name, text in sorted(layout.constants.items())
    ]
    rows += [
        AnswerRow(
            _("Names in %(element)s", element=label_of(loaded, name)),
            "; ".join(f"«{text}» = {code_label(loaded, name, code)}" for text, code in sorted(told.items())),
            ELEMENT,
            name,
        )
        for name, told in sorted(layout.codes.items())
    ]
    rows += [
        AnswerRow(
            _("Empty cells in %(element)s", element=label_of(loaded, name)), _("as the cell above"), ELEMENT, name
        )
        for name in layout.filled_down
    ]
    rows += [
        AnswerRow(
            _("What %(heading)s is counted in", heading=f"«{heading_told(heading)}»"),
            factor_words(factor),
            HEADING,
            heading,
        )
        for heading, factor in sorted(layout.factors.items())
    ]
    if layout.measures:
        told = _("It says what the row counts")
        rows.append(
            AnswerRow(
                _("The column %(heading)s", heading=f"«{heading_told(layout.measures)}»"),
                told,
                HEADING,
                layout.measures,
            )
        )
    if layout.aside:
        meant = {SUM: _("a sum"), NOTE: _("left out")}
        told = "; ".join(f"«{text}»: {meant[row]}" for text, row in sorted(layout.aside.items()))
        rows.append(AnswerRow(_("Rows that are not read"), told, ELEMENT, ROWS))
    return rows
