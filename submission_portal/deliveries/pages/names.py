"""What elements and cells are called on the page about a delivery."""

import re

from flask_babel import gettext as _

from information_models.definitions import LoadedModel
from registry.findings import Place
from registry.i18n import read
from submission_portal.deliveries.assessment.filled_rows import FILLED
from submission_portal.deliveries.tables import Delivery

_BRACES = re.compile(r"\{(\w+)\}")
PLACES_SHOWN = 40
"""So many places or cells are listed; the file has the rest."""


def label_of(loaded: LoadedModel, element: str) -> str:
    """What an element is called; one that the model no longer has is its own name."""
    return read(loaded.model.element(element).label) if element in loaded.model.by_name else element


def code_label(loaded: LoadedModel, element: str, code: str) -> str:
    """What a code of an element is called; the text itself, of what has no codes."""
    known = loaded.model.by_name.get(element)
    if known is None or known.code_list is None:
        return code
    named = next((one for one in loaded.code_list(known).codes if one.code == code), None)
    return read(named.label) if named is not None else code


def heading_told(heading: str) -> str:
    """A heading as answers are kept under it (`ColumnAnswer.heading`), in words: what stands for its period or its code in brackets."""
    words = {"period": _("the period")}
    return _BRACES.sub(lambda found: f"[{words.get(found[1], found[1])}]", heading)


def factors_of(delivery: Delivery) -> dict[str, str]:
    """By the letter of a column what its figures were multiplied by, as somebody has said."""
    told = delivery.layout_version.content.factors if delivery.layout_version is not None else {}
    return {letter: told[heading] for letter, heading, _element in delivery.reading.mapped.patterns if heading in told}


def cell_told(delivery: Delivery, element: str, row: int) -> str:
    """A cell in words; for a row that an answer made, which no file has, that."""
    if row == FILLED:
        told: str = _("by the answer about missing rows")
    else:
        told = _("cell %(cells)s", cells=cell_name(delivery, element, row))
    return told


def cell_name(delivery: Delivery, element: str, row: int) -> str:
    """A cell of the sender's sheet, such as ``D17``."""
    number, letter = delivery.reading.mapped.cells.cell(row, element)
    return f"{letter or delivery.reading.letters.get(element, '')}{number}"


def row_of(delivery: Delivery, element: str, place: Place) -> int | None:
    """The row that a place is about, as answers name it: of columns that stand across each has rows of its own."""
    if place.row is None:
        return None
    return delivery.reading.mapped.cells.row(place.row, element, place.column)
