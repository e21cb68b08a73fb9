"""Rows that one version takes and another does not, found by running the checks of both; and what is computed, held against them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from information_models import definitions
from information_models.changes import Accepted, Semantic
from information_models.compatibility import compare
from information_models.definitions import LoadedModel
from information_models.starter.loading import model_contents, starter_model
from information_models.witnesses import Outcome, judged, witnesses
from registry.findings import Severity
from tests.unit.information_models.random_edits import ON, SLUGS, edited

DAILY, MONTHLY = "dagliga-vardplatser-per-avdelning", "manadsuppgifter-per-sjukhus"


def with_model(slug, **more) -> LoadedModel:
    loaded = starter_model(slug)
    return replace(loaded, model=replace(loaded.model, **more), content_hash=None)


def with_element(slug, name, **more) -> LoadedModel:
    elements = tuple(replace(one, **more) if one.name == name else one for one in starter_model(slug).model.elements)
    return with_model(slug, elements=elements)


def with_codes(slug, name, change) -> LoadedModel:
    loaded = starter_model(slug)
    codes = loaded.code_lists[name]
    other = replace(codes, codes=tuple(change(one) for one in codes.codes))
    return replace(loaded, code_lists={**loaded.code_lists, name: other}, content_hash=None)


def facts(found):
    return [(one.outcome, one.element, one.finding.code if one.finding else None) for one in found]


REFUSED, OTHERWISE = Outcome
CASES = {
    "a lower bound": (with_element(DAILY, "disponibla", maximum=Decimal(100)), [(REFUSED, "disponibla", "ROW-003")]),
    "a period of another kind": (
        with_element(DAILY, "dag", period_kinds=starter_model(MONTHLY).model.elements[0].period_kinds),
        [(REFUSED, "dag", "ROW-007")],
    ),
    "a shorter key": (with_model(DAILY, key=("dag", "sjukhus")), [(REFUSED, "avdelning", "ROW-008")]),
    "a longer text": (with_element(DAILY, "avdelning", max_length=3), [(REFUSED, "avdelning", "ROW-011")]),
    "a rule that stops": (
        with_model(DAILY, rules=tuple(replace(one, severity=Severity.ERROR) for one in starter_model(DAILY).model.rules[:1])),
        [(REFUSED, "belagda", "RULE-001")],
    ),
    "total rows": (
        with_model(DAILY, total_rows=definitions.TotalRows.REFUSE), [(REFUSED, name, "SUM-003") for name in ("dag", "sjukhus", "avdelning")]
    ),
    "a heading": (with_element(DAILY, "disponibla", aliases=()), [(REFUSED, "disponibla", None)]),
    "an element that is gone": (with_model(DAILY, elements=starter_model(DAILY).model.elements[:-1], rules=()), [(REFUSED, "utlokaliserade", None)]),
    "a hospital in another region": (
        with_codes(DAILY, "sjukhus", lambda code: replace(code, parent="24") if code.code == "65016" else code),
        [(REFUSED, "sjukhus", "ROW-009")],
    ),
    "a code that ended": (
        with_codes(DAILY, "sjukhus", lambda code: replace(code, valid_to=date(2025, 12, 31)) if code.code == "65016" else code),
        [(REFUSED, "sjukhus", "ROW-006")],
    ),
    "a code that is to end": (
        with_codes(DAILY, "sjukhus", lambda code: replace(code, valid_to=date(2030, 12, 31)) if code.code == "65016" else code),
        [],
    ),
    "wider bounds": (with_element(DAILY, "disponibla", maximum=Decimal(600)), []),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_row_shows_what_breaks(name):
    after, expected = CASES[name]
    found = witnesses(starter_model(DAILY), after, on=ON)
    assert facts(found) == expected
    for one in found:
        if len(one.rows) == 1 and one.finding.code not in ("ROW-009", "SUM-003"):
            assert judged(starter_model(DAILY), one.rows)[0].refused is None
            assert judged(after, one.rows)[0].refused is not None
    assert facts(found) == facts(witnesses(starter_model(DAILY), after, on=ON))


def test_an_alias_that_goes_to_another_hospital_is_read_otherwise():
    codes = starter_model(DAILY).code_lists["sjukhus"].by_code
    one, other = codes["65016"], codes["65013"]
    swapped = {
        one.code: replace(one, label=other.label, aliases=other.aliases),
        other.code: replace(other, label=one.label, aliases=one.aliases),
    }
    found = witnesses(
        starter_model(DAILY), with_codes(DAILY, "sjukhus", lambda code: swapped.get(code.code, code)), on=ON
    )
    assert {(one.outcome, one.element) for one in found} == {(OTHERWISE, "sjukhus")}
    assert {(one.was, one.now) for one in found} <= {("65016", "65013"), ("65013", "65016")}


def held_to_witnesses(seed: int) -> None:
    """What is computed of a change by chance is at least what rows show."""
    chance = Random(seed)
    slug = chance.choice(SLUGS)
    before = edited(chance, slug, 2) if chance.random() < 0.5 else None
    before = before or starter_model(slug)
    after = edited(chance, slug, chance.randint(1, 2))
    if after is None:
        return
    found = compare(before, after, on=ON)
    for shown, said in ((witnesses(before, after, on=ON), found.backward), (witnesses(after, before), found.forward)):
        refused = [one for one in shown if one.outcome is REFUSED]
        assert not refused or said is not Accepted.YES, (seed, refused[0], found.differences)
        other = [one for one in shown if one.outcome is OTHERWISE]
        assert not other or found.semantic >= Semantic.UNKNOWN, (seed, other[0], found.differences)


@pytest.mark.parametrize("seed", range(40))
def test_what_is_computed_of_a_change_is_no_less_than_what_rows_show(seed):
    held_to_witnesses(seed)


@pytest.mark.soak
def test_the_same_of_a_thousand_changes():
    for seed in range(1_000, 2_000):
        held_to_witnesses(seed)


def test_shipped_models_against_themselves_have_no_witness():
    for slug in model_contents():
        assert witnesses(starter_model(slug), starter_model(slug)) == []
