"""Looking for figures by what people remember of them: a value, a place, a measure. Only in what the reader may have.

``799`` finds the figures that are 799, ``Norrbotten`` the region's page of every measure, ``overbeläggningar`` the
measures that are called so, and ``799 norrbotten`` the figures that are 799 there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl
from flask import url_for
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.findings import Text
from registry.swedish import folded
from submission_portal.followup.breaks import COUNTRY
from submission_portal.followup.compilations.gate import shown_to
from submission_portal.followup.compilations.shown import ShownTable
from submission_portal.followup.figures import VALUE, read_figures
from submission_portal.followup.gateway import current_tables
from submission_portal.followup.inner_cells import REGIONS
from submission_portal.followup.plans import PlannedMeasure, last_planned
from submission_portal.followup.queries import regions_of
from submission_portal.followup.trace_nodes import figure_title

MOST = 40
"""So many hits are shown."""
LOOKED_AT = 1_000
"""So many figures of a table with the value are held against the other words: zero is a value of very many."""
NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found: what it is, and its page."""

    title: Text
    url: str


def search_published(session: Session, actor: Actor, text: str) -> list[Hit]:
    """Measures, regions and figures of the tables that ``actor`` may read that ``text`` fits, in that order."""
    typed = re.sub(r"(?<=[0-9])[\s\u00a0\u202f](?=[0-9]{3}\b)", "", text.replace("−", "-"))
    words = typed.split()
    values = [Decimal(word.replace(",", ".")) for word in words if NUMBER.fullmatch(word)]
    names = [folded(word) for word in words if not NUMBER.fullmatch(word)]
    if not words or len(values) > 1:
        return []
    found: tuple[list[Hit], list[Hit], list[Hit]] = ([], [], [])
    for slug, table in sorted(current_tables(session, actor).items()):
        measure = last_planned(session, slug)
        if measure is None:
            continue
        shown = shown_to(session, measure, table, actor)
        if values:
            found[2].extend(_figures(measure, shown, values[0], names))
            continue
        title = measure.measure.title
        if _fits(names, title):
            found[0].append(Hit(title, url_for("followup.measure", slug=slug)))
        found[1].extend(_regions(measure, shown, names))
    return [hit for part in found for hit in part]


def _figures(measure: PlannedMeasure, shown: ShownTable, value: Decimal, names: Sequence[str]) -> list[Hit]:
    rows = shown.frame.filter(pl.col("value") == pl.lit(value, dtype=VALUE)).head(LOOKED_AT)
    return [
        Hit(title, url_for("followup.figure", slug=measure.slug, key=figure.key))
        for figure in read_figures(rows)
        if _fits(names, title := figure_title(measure, figure))
    ]


def _regions(measure: PlannedMeasure, shown: ShownTable, names: Sequence[str]) -> list[Hit]:
    """The regions whose name, or the name of a place in them, fits."""
    hits = []
    for code in regions_of(shown):
        label = measure.label(REGIONS, code)
        if any(_fits(names, one) for one in (label, *measure.places_in(code))):
            title = Text(f"{measure.measure.title.sv}: {label.sv}", f"{measure.measure.title.en}: {label.en}")
            if code == COUNTRY:
                hits.append(Hit(title, url_for("followup.measure", slug=measure.slug)))
            else:
                hits.append(Hit(title, url_for("followup.region", slug=measure.slug, code=code)))
    return hits


def _fits(names: Sequence[str], title: Text) -> bool:
    whole = folded(f"{title.sv} {title.en}")
    return all(name in whole for name in names)
