"""What a workbook can say that cannot be true, and what that is called to the sender."""

from enum import StrEnum

from registry.findings import Finding, Place, Text
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS


class Fault(StrEnum):
    """How a workbook contradicts itself."""

    ORDER = "order"
    ROW = "row"
    BOUNDS = "bounds"
    CELLS = "cells"
    COUNT = "count"
    VALUE = "value"
    NAMES = "names"
    PART = "part"
    SHARED = "shared"


WORDS = {
    Fault.ORDER: Text(
        "Rader eller celler står inte i ordning, eller finns två gånger.",
        "Rows or cells are out of order, or are there twice.",
    ),
    Fault.ROW: Text(
        "En cell säger att den hör till en annan rad än den står i.",
        "A cell says that it belongs to another row than the one it is in.",
    ),
    Fault.BOUNDS: Text(
        "En cell säger att den ligger utanför det största blad som kan finnas (1 048 576 rader, 16 384 kolumner).",
        "A cell says that it lies outside the largest sheet there can be (1,048,576 rows, 16,384 columns).",
    ),
    Fault.CELLS: Text(
        "Ett blads rader och celler är inte uppbyggda som i en arbetsbok.",
        "The rows and cells of a sheet are not built as those of a workbook.",
    ),
    Fault.COUNT: Text(
        "En del säger att den har fler poster än den har plats för.",
        "A part says that it has more entries than it has room for.",
    ),
    Fault.VALUE: Text(
        "En cell har ett värde som inte kan vara ett tal, en dag eller en text i arbetsboken.",
        "A cell has a value that can be no number, day or text of the workbook.",
    ),
    Fault.PART: Text(
        "Ett blad pekar på en del av filen som inte finns eller inte är ett blad.",
        "A sheet points at a part of the file that is not there, or is no sheet.",
    ),
    Fault.SHARED: Text("Två blad pekar på samma del av filen.", "Two sheets point at the same part of the file."),
    Fault.NAMES: Text(
        "Två blad har samma namn, eller ett blads namn är längre än 255 tecken.",
        "Two sheets have the same name, or a sheet's name is longer than 255 characters.",
    ),
}


class DamagedError(Exception):
    """The workbook contradicts itself. ``row`` as the sender counts, where it is known."""

    def __init__(self, fault: Fault, *, row: int | None = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.row = row

    def finding(self) -> Finding:
        """What the sender is told. Nothing of the file is repeated."""
        return FINDINGS.found(
            "FIL-030",
            {"fault": self.fault.value, "what": WORDS[self.fault]},
            (Place(row=self.row),) if self.row else (),
        )
