"""How large a file is, told beside how large it may be. Pure."""

from dataclasses import dataclass

from registry.findings import Finding, Param, Place, Text
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.limits import Limits


@dataclass(frozen=True, slots=True)
class Size:
    """The rows and columns with content, as far as a file was read."""

    rows: int
    columns: int
    is_whole: bool = True
    """Whether it was counted to its end; there may be more otherwise."""

    def in_words(self) -> Text:
        """As a sentence.

        >>> Size(1_048_576, 6, is_whole=False).in_words().en
        'There is content in at least 1048576 rows and 6 columns: 6291456 cells. '
        """
        cells = self.rows * self.columns
        sv, en = ("", "") if self.is_whole else ("minst ", "at least ")
        return Text(
            f"Innehållet omfattar {sv}{self.rows} rader och {self.columns} kolumner: {cells} celler. ",
            f"There is content in {en}{self.rows} rows and {self.columns} columns: {cells} cells. ",
        )


def too_large(
    limits: Limits, size: Size | None = None, place: Place | None = None, *, by_columns: bool = False
) -> Finding:
    """The finding that says how large a file is and which limits it passed. ``place`` is where it passed them; a file that is
    read row by row (not ``by_columns``) may hold less."""
    told: dict[str, Param] = {
        "rows": limits.rows if by_columns else min(limits.rows, limits.odd_rows),
        "columns": limits.columns,
        "cells": limits.cells if by_columns else min(limits.cells, limits.odd_cells),
        "size": size.in_words() if size is not None else Text("", ""),
    }
    return FINDINGS.found("FIL-017", told, () if place is None else (place,))
