"""What elements and cells are called on the page about a delivery."""

from information_models.definitions import LoadedModel
from registry.i18n import read
from submission_portal.deliveries.tables import Delivery

PLACES_SHOWN = 40
"""So many places or cells are listed; the file has the rest."""


def label_of(loaded: LoadedModel, element: str) -> str:
    """What an element is called; one that the model no longer has is its own name."""
    return read(loaded.model.element(element).label) if element in loaded.model.by_name else element


def cell_name(delivery: Delivery, element: str, row: int) -> str:
    """A cell of the sender's sheet, such as ``D17``."""
    return f"{delivery.reading.letters.get(element, '')}{row}"
