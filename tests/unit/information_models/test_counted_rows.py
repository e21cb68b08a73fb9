"""Which rows of a place and period a measure may add, and what is said where it may not."""

from dataclasses import replace

import pytest

from information_models import code_lists, counted_rows, measures
from information_models.finding_texts.all import TEXTS
from information_models.starter.loading import measure_contents, starter_model
from registry.finding_catalogue import Catalogue
from registry.findings import Text

CATALOGUE = Catalogue(TEXTS)


def codes_of(found):
    return [finding.code for finding in found]


RATE = {"aggregation": "as_published", "country": "none"}


def of_rows(measure: str, *, lists: dict[str, list[dict[str, object]]] | None = None, **changes: object):
    """What is said of the rows of a starter's measure that is changed so; ``lists`` have other codes."""
    content = measure_contents()[measure] | changes
    loaded = starter_model(content["model"])
    extra = {
        slug: replace(loaded.code_lists[slug], codes=tuple(code_lists.Code(**code) for code in codes))
        for slug, codes in (lists or {}).items()
    }
    found = counted_rows.problems(measures.read(content), loaded.model, loaded.code_lists | extra)
    return list(found)


MONTHLY = "disponibla-vardplatser-manad"


def code(name: str, label: str, **more: object) -> dict[str, object]:
    return {"code": name, "label": Text(label, label), **more}


@pytest.mark.parametrize(
    ("measure", "changes", "codes"),
    [
        (MONTHLY, {"where": {}}, []),
        (MONTHLY, {"where": {}, "dimensions": []}, []),
        (MONTHLY, {"dimensions": [], **RATE}, ["MEA-007"]),
        (MONTHLY, RATE, []),
        ("overbelaggningar-per-100", {"where": {"vardform": "somatisk", "sjukhus": None}}, ["MEA-007"]),
        ("overbelaggningar-per-100", {"where": {}, "aggregation": "sum"}, ["MEA-008", "MEA-010"]),
        ("overbelaggningar-per-100", {"dimensions": ["sjukhus"], "aggregation": "sum"}, ["MEA-008"]),
        ("utlokaliserade-patienter", {"dimensions": []}, []),
        (MONTHLY, {"where": {}, "lists": {"vardform": [code("s", "Somatisk"), code("alla", "Samtliga")]}}, ["MEA-009"]),
        (
            MONTHLY,
            {
                "where": {},
                "dimensions": ["sjukhus", "vardform"],
                "lists": {"vardform": [code("s", "Somatisk"), code("alla", "Totalt")]},
            },
            ["MEA-009"],
        ),
        (MONTHLY, {"lists": {"vardform": [code("s", "Somatisk"), code("alla", "Totalt")]}}, []),
    ],
)
def test_rows_that_may_not_be_added_are_refused_where_the_measure_leaves_them_together(measure, changes, codes):
    found = of_rows(measure, **changes)
    assert codes_of(found) == codes
    assert all(finding.places[0].field for finding in found)
    for said in (CATALOGUE.read(finding, language) for finding in found for language in ("sv", "en")):
        assert said.mend and "{" not in f"{said.title}{said.body}{said.mend}"


def test_nothing_is_summed_over_days_that_the_measure_does_not_ask_about():
    content = measure_contents()[MONTHLY]
    model = starter_model(content["model"]).model
    day = replace(model.element("manad"), name="inskrivningsdag")
    daily = replace(model, elements=(*model.elements, day), key=(*model.key, day.name))
    assert codes_of(counted_rows.problems(measures.read(content), daily, {})) == ["MEA-010"]
    one_day = measures.read(content | {"where": {"vardform": "somatisk", day.name: "2026-10-01"}})
    assert codes_of(counted_rows.problems(one_day, daily, {})) == []


@pytest.mark.parametrize("slug", sorted(measure_contents()))
def test_the_rows_of_every_measure_that_ships_may_be_added_or_are_singled_out(slug):
    assert of_rows(slug) == []
