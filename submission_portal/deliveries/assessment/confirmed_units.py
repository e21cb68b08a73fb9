"""The units that a region has confirmed for a line: what its names mean in a file, which rows are expected, and which are not. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from information_models.definitions import LoadedModel
from information_models.frames import REGION
from registry.findings import Place
from submission_portal.deliveries.assessment.history import unit_elements, unit_label
from submission_portal.deliveries.assessment.seen_units import Unit
from submission_portal.deliveries.assessment.usual import Usual, stated
from submission_portal.deliveries.reading.table import ROW, SHEET, written_name
from submission_portal.units.unit import Life, RegisteredUnit, names_of, naming_element, spelled_alike

OPENED, CLOSED = "__opened", "__closed"
OBSERVED = "observed"


@dataclass(frozen=True, slots=True)
class ConfirmedUnits:
    """The register of a line as a delivery is held against it."""

    lives: Mapping[Unit, Life]
    """From when to when each unit exists."""
    names: Mapping[str, str]
    """What texts of the naming element mean (`unit.names_of`)."""

    @classmethod
    def of(cls, loaded: LoadedModel, units: Sequence[RegisteredUnit]) -> "ConfirmedUnits":
        """Those of the units that the model tells apart as the register does."""
        elements = unit_elements(loaded)
        keyed = [(key, unit) for unit in units if (key := unit.key(elements)) is not None]
        return cls({key: unit.life for key, unit in keyed}, names_of(loaded, [unit for _key, unit in keyed]))

    def of_part(self, loaded: LoadedModel, element: str, code: str) -> "ConfirmedUnits":
        """Those of one part of a line that is delivered in parts."""
        at = unit_elements(loaded).index(element)
        return replace(self, lives={unit: life for unit, life in self.lives.items() if unit[at] == code})

    def expected(self, loaded: LoadedModel, before: Usual | None) -> Usual:
        """What is expected of a delivery: these units while they exist, but for those that were said to have ended since.

        What the deliveries ``before`` say of closings and answers is offered as it would be without a register.
        """
        ended = before.ended if before is not None else frozenset()
        lives = {unit: life for unit, life in self.lives.items() if unit not in ended}
        elements = unit_elements(loaded)
        rows = [(*unit, _region(loaded, elements, unit)) for unit in lives]
        units = pl.DataFrame(rows, schema=dict.fromkeys((*elements, REGION), pl.String), orient="row")
        return replace(before or Usual(units), units=units, lives=lives, is_confirmed=True)


def named(loaded: LoadedModel, rows: pl.DataFrame, confirmed: ConfirmedUnits) -> pl.DataFrame:
    """Rows of texts with the register's names brought to the values that they mean; what the code list knows is left to it."""
    element = naming_element(loaded)
    if element is None or element.name not in rows.columns:
        return rows
    codes = loaded.code_list(element) if element.code_list else None
    texts = rows[element.name].drop_nulls().unique().to_list()
    means = {
        text: value
        for text in texts
        if (value := confirmed.names.get(spelled_alike(text))) not in (None, text)
        and (codes is None or codes.resolve(text) is None)
    }
    if not means:
        return rows
    written = written_name(element.name)
    is_named = pl.col(element.name).is_in(list(means))
    earlier = pl.col(written) if written in rows.columns else pl.lit(None, pl.String)
    return rows.with_columns(
        pl.when(is_named & earlier.is_null()).then(pl.col(element.name)).otherwise(earlier).alias(written),
        pl.col(element.name).replace(means),
    )


def outside_life(loaded: LoadedModel, frame: pl.DataFrame, confirmed: ConfirmedUnits) -> list[Place]:
    """The rows with figures of units that did not exist in the row's period."""
    units, period = unit_elements(loaded), loaded.model.period_element
    bounded = [(*unit, *life) for unit, life in confirmed.lives.items() if any(life)]
    if not bounded or any(name not in frame.columns for name in (*units, f"{period}__first")):
        return []
    schema = {**dict.fromkeys(units, pl.String), OPENED: pl.Date, CLOSED: pl.Date}
    lives = pl.DataFrame(bounded, schema=schema, orient="row")
    statuses = [name for value in loaded.model.values if (name := f"{value.name}__status") in frame.columns]
    has_figures = pl.any_horizontal(pl.col(name).cast(pl.String) == OBSERVED for name in statuses)
    found = (
        frame.filter(has_figures)
        .select(*stated(units), pl.col(f"{period}__first"), pl.col(f"{period}__last"), ROW, SHEET)
        .join(lives, on=units, maintain_order="left")
        .filter((pl.col(f"{period}__first") > pl.col(CLOSED)) | (pl.col(f"{period}__last") < pl.col(OPENED)))
    )
    element = naming_element(loaded)
    return [
        Place(
            sheet=row[SHEET],
            row=row[ROW],
            field=element.name if element is not None else None,
            label=unit_label(loaded, units, tuple(row[name] or None for name in units)),
        )
        for row in found.iter_rows(named=True)
    ]


def not_registered(loaded: LoadedModel, frame: pl.DataFrame, confirmed: ConfirmedUnits) -> list[Place]:
    """Units that have rows and are not in the register."""
    units = unit_elements(loaded)
    if not units or any(name not in frame.columns for name in units):
        return []
    seen = frame.select(stated(units)).unique(maintain_order=True).rows()
    return [
        Place(
            label=unit_label(loaded, units, tuple(value or None for value in unit)),
            key=tuple(zip(units, unit, strict=True)),
        )
        for unit in seen
        if unit not in confirmed.lives
    ]


def _region(loaded: LoadedModel, elements: Sequence[str], unit: Unit) -> str | None:
    element = loaded.model.region_element
    return loaded.regions.get(unit[elements.index(element)]) if element in elements else None
