"""What elements and cells are called on the page about a delivery."""

from flask_babel import gettext as _

from information_models.definitions import LoadedModel
from registry.i18n import read
from submission_portal.deliveries.assessment.filled_rows import FILLED
from submission_portal.deliveries.tables import Delivery

PLACES_SHOWN = 40
"""So many places or cells are listed; the file has the rest."""


def label_of(loaded: LoadedModel, element: str) -> str:
    """What an element is called; one that the model no longer has is its own name."""
    return read(loaded.model.element(element).label) if element in loaded.model.by_name else element


def cell_told(delivery: Delivery, element: str, row: int) -> str:
    """A cell in words; for a row that an answer made, which no file has, that."""
    if row == FILLED:
        told: str = _("by the answer about missing rows")
    else:
        told = _("cell %(cells)s", cells=cell_name(delivery, element, row))
    return told


def cell_name(delivery: Delivery, element: str, row: int) -> str:
    """A cell of the sender's sheet, such as ``D17``."""
    return f"{delivery.reading.letters.get(element, '')}{row}"
