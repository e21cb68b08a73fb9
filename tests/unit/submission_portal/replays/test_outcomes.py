"""Delivered rows under the checks of another version, as counts."""

from dataclasses import replace
from decimal import Decimal

import polars as pl
import pytest

from information_models import columns
from information_models.definitions import LoadedModel
from information_models.starter.loading import starter_model
from registry.findings import Severity
from submission_portal.deliveries.stored_rows import as_parquet, rows_from
from submission_portal.replays.outcomes import Counting, Outcome, as_cells, newly_stopped
from tests.unit.information_models.whole_model import MODEL, ROW

DAILY = "dagliga-vardplatser-per-avdelning"


def changed(loaded: LoadedModel, name: str, **more) -> LoadedModel:
    elements = tuple(replace(one, **more) if one.name == name else one for one in loaded.model.elements)
    return replace(loaded, model=replace(loaded.model, elements=elements), content_hash=None)


def delivered(loaded: LoadedModel, *rows) -> pl.DataFrame:
    """Rows as they come back from the store."""
    return rows_from(as_parquet(columns.check(loaded, pl.DataFrame(list(rows))).rows.coded()))


def test_rows_that_were_accepted_are_read_again_as_they_were():
    rows = [ROW, {**ROW, "manad": "2018-08", "antal": "stängd", "medel": "ej rapporterat", "dag": None, "slag": None}]
    typed = delivered(MODEL, *rows)
    again = columns.check(MODEL, as_cells(MODEL, typed))
    assert [one.code for one in again.findings] == []
    names = [name for name in again.frame.columns if name not in ("__row", "__sheet")]
    assert again.frame.select(names).rows() == typed.select(names).rows()


def wards(**of_first) -> list[dict[str, str]]:
    usual = {"dag": "2024-05-01", "sjukhus": "65016", "avdelning": "A", "disponibla": "20", "belagda": "18"}
    usual |= {"overbelaggningar": "0", "utlokaliserade": "0"}
    return [{**usual, **of_first}, {**usual, "avdelning": "B"}, {**usual, "avdelning": "C", "disponibla": "30"}]


def test_what_the_new_version_stops_is_counted_by_cell_and_says_no_cell():
    old = starter_model(DAILY)
    new = changed(old, "disponibla", maximum=Decimal(19))
    [(finding, cells)] = newly_stopped(old, new, delivered(old, *wards()), "25")
    assert (finding.code, finding.params["element"], cells, finding.places) == ("ROW-003", "disponibla", 3, ())
    assert newly_stopped(old, old, delivered(old, *wards()), "25") == []


def test_what_the_version_before_stops_as_well_is_not_the_new_ones_doing():
    old = starter_model(DAILY)
    without = delivered(old, *wards()).drop("belagda", "belagda__status")
    assert newly_stopped(old, old, without, "25") == []
    new = changed(old, "avdelning", max_length=1, pattern="[A-B]")
    assert [(one.code, cells) for one, cells in newly_stopped(old, new, without, "25")] == [("ROW-011", 1)]


@pytest.mark.parametrize(("name", "is_persons"), [("disponibla", False), ("belagda", True)])
def test_of_persons_it_is_only_said_that_something_is_stopped(name, is_persons):
    old = starter_model(DAILY)
    new = changed(old, name, maximum=Decimal(19) if name == "disponibla" else Decimal(17))
    counting = Counting()
    rows = delivered(old, *wards())
    counting.add("r", rows.height, newly_stopped(old, new, rows, "25"), old, new)
    # A flag that the proposal turns off changes nothing: the version that it was delivered under says so too.
    off = changed(new, name, concerns_persons=False)
    counting.add("r", rows.height, newly_stopped(old, off, rows, "25"), old, off)
    found = counting.outcome()
    assert (found.regions, found.deliveries, found.rows) == (("r",), 2, 6)
    assert found.persons == ((name,) if is_persons else ())
    assert [(one.cells, one.deliveries) for one in found.stopped] == ([] if is_persons else [(6, 2)])


def test_a_rule_that_names_persons_is_one_about_persons():
    old = starter_model(DAILY)
    rules = tuple(replace(rule, severity=Severity.ERROR) for rule in old.model.rules)
    new = replace(old, model=replace(old.model, rules=rules), content_hash=None)
    rows = delivered(old, *wards(belagda="25"))
    counting = Counting()
    counting.add("r", 3, newly_stopped(old, new, rows, "25"), old, new)
    assert (counting.outcome().stopped, counting.outcome().persons) == ((), (rules[0].id,))


def test_an_outcome_is_stored_and_read():
    old = starter_model(DAILY)
    counting = Counting()
    rows = delivered(old, *wards())
    counting.add("r", 3, newly_stopped(old, changed(old, "disponibla", maximum=Decimal(25)), rows, "25"), old, old)
    counting.skip("rows")
    assert Outcome.from_dict(counting.outcome().as_dict()) == counting.outcome()
