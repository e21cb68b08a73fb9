"""What a comparison of two versions reads: every part of a code list, a model and a measure, in words."""

import copy

import pytest

from information_models import outlines
from information_models.starter.loading import measure_contents, model_contents
from information_models.starter.shipped_code_lists import code_list_contents
from registry.findings import Text
from registry.items.outlines import Mention, Word

SLUG = "dagliga-vardplatser-per-avdelning"
YES, NO = Word("ja", "yes"), Word("nej", "no")


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ({"title": {"sv": "Å", "en": "A"}, "slug": "a"}, Text("Å", "A")),
        ({"title": {"sv": "Å"}}, Text("Å", "Å")),
        ({"title": {"sv": "Å", "en": ""}}, Text("Å", "Å")),
        ({"title": {"en": "A"}, "slug": "a"}, Text("a", "a")),
        ({"title": {"sv": 3}, "slug": "a"}, Text("a", "a")),
        ({"title": "Å", "slug": "a"}, Text("a", "a")),
        ({"slug": ""}, Text("?", "?")),
        ({}, Text("?", "?")),
    ],
)
def test_a_title_that_cannot_be_read_is_the_slug(content, title):
    assert outlines.title(content) == title


def code(name, **more):
    return {"code": name, "label": {"sv": "Namn", "en": "Name"}, **more}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, ""),
        ({"valid_from": "2024-01-01"}, " (2024-01-01–…)"),
        ({"valid_to": "2024-01-01"}, " (…–2024-01-01)"),
        ({"valid_from": "2024-01-01", "valid_to": "2024-02-01"}, " (2024-01-01–2024-02-01)"),
        ({"parent": "25"}, " (↑ 25)"),
        ({"aliases": ["x", "y"]}, " (x · y)"),
        ({"concept": "sjukhus"}, " (sjukhus)"),
        ({"parent": "25", "aliases": ["x"], "concept": "sjukhus", "valid_to": "2024-01-01"},
         " (…–2024-01-01; ↑ 25; x; sjukhus)"),
    ],
)  # fmt: skip
def test_a_code_is_told_with_what_is_known_of_it(more, told):
    content = {**code_list_contents()["vardform"], "parent_list": "regioner", "codes": [code("a", **more)]}
    title, description = (Text.from_dict(content[name]) for name in ("title", "description"))
    assert outlines.of_code_list(content) == [
        (Text("Titel", "Title"), title),
        (Text("Beskrivning", "Description"), description),
        (Text("Kod a", "Code a"), Text(f"Namn{told}", f"Name{told}")),
    ]


def rows_of(content):
    return {label.en: value for label, value in outlines.of_model(content)}


def test_a_model_is_told_part_by_part():
    content = copy.deepcopy(model_contents()[SLUG])
    element = content["elements"][3]
    element.update(concept="plats", concept_version="a" * 64, unit={"sv": "st", "en": "items"}, required=False)
    element.update(aliases=["x", "y"], concerns_persons=True)
    rows = rows_of(content)
    name = element["name"]
    assert rows["Key"] == ", ".join(content["key"])
    assert (rows["Period"], rows["Region"]) == (content["period_element"], content["region_element"] or "–")
    assert rows[f"{name}, label"] == Text.from_dict(element["label"])
    assert rows[f"{name}, meaning"] == Text.from_dict(element["description"])
    assert rows[f"{name}, form"].sv.startswith("heltal; ")
    assert rows[f"{name}, form"].en.startswith("whole number; ")
    assert (rows[f"{name}, required"], rows[f"{name}, concerns persons"]) == (NO, YES)
    assert rows[f"{name}, concept"] == Mention("concept", "plats", "a" * 64)
    assert rows[f"{name}, unit"] == Text("st", "items")
    assert rows[f"{name}, other headings"] == "x · y"
    assert f"{name}, code list" not in rows


def test_what_an_element_lacks_is_not_told():
    content = copy.deepcopy(model_contents()[SLUG])
    element = content["elements"][3]
    element.update(concept=None, concept_version=None, unit=None, aliases=[], required=True, concerns_persons=False)
    for name in ("minimum", "maximum"):
        element[name] = None
    rows = rows_of(content)
    name = element["name"]
    assert [label for label in rows if label.startswith(f"{name}, ")] == [
        f"{name}, {part}" for part in ("label", "meaning", "form", "required", "concerns persons")
    ]
    assert rows[f"{name}, form"] == Text("heltal", "whole number")
    assert (rows[f"{name}, required"], rows[f"{name}, concerns persons"]) == (YES, NO)


def test_a_coded_element_mentions_its_list():
    content = model_contents()[SLUG]
    coded = [one for one in content["elements"] if one["code_list"]]
    rows = rows_of(content)
    assert coded
    for one in coded:
        assert rows[f"{one['name']}, code list"] == Mention("code_list", one["code_list"], one["code_list_version"])


@pytest.mark.parametrize(
    ("severity", "effect"),
    [
        ("error", Word("fel som rättas", "error to be mended")),
        ("warning", Word("varning som förklaras", "warning to be explained")),
    ],
)
def test_a_rule_is_told_as_it_is_written_as_it_is_read_and_in_words(severity, effect):
    content = copy.deepcopy(model_contents()[SLUG])
    rule = content["rules"][0]
    rule["severity"] = severity
    rows = rows_of(content)
    name = f"Rule «{rule['id']}»"
    assert rows[name] == rule["expression"]
    assert rows[f"{name}, in words"] == Text.from_dict(rule["text"])
    assert rows[f"{name}, reason"] == Text.from_dict(rule["reason"])
    assert rows[f"{name}, effect"] == effect
    read_back = rows[f"{name}, read back"]
    assert read_back.sv and read_back.en and read_back.sv != read_back.en


MEASURE = "overbelaggningar-per-100"


def measure_rows(**changes):
    content = copy.deepcopy(measure_contents()[MEASURE]) | changes
    return content, outlines.of_measure(content)


def test_a_measure_is_told_part_by_part():
    source = {"title": "Rapport"}
    total = {"period": "2024", "region": "99", "value": "12.5", "explanation": {"sv": "å", "en": "a"}, "source": source}
    content, rows = measure_rows(
        aggregation="ratio", denominator="disponibla", per=100, dimensions=["sjukhus", "klinik"], country="sum",
        where={"vardform": "somatisk", "sjukhus": None}, notes=[{"sv": "Obs", "en": "Mind"}], known_totals=[total],
        concerns_persons=True, content_schema="measure/2",
        same_count_as=[{"model": "dagar", "element": "antal", "over": "period", "by": "mean", "decimals": 2}],
    )  # fmt: skip
    assert rows == [
        (Text("Titel", "Title"), Text.from_dict(content["title"])),
        (Text("Beskrivning", "Description"), Text.from_dict(content["description"])),
        (Text("Enhet", "Unit"), Text.from_dict(content["unit"])),
        (Text("Modell", "Model"), Mention("model", content["model"], content["model_version"])),
        (Text("Element", "Element"), content["element"]),
        (Text("Nämnare", "Denominator"), "disponibla, per 100"),
        (Text("Perioder", "Periods"), ", ".join(content["period_kinds"])),
        (Text("Indelning", "Dimensions"), "sjukhus, klinik"),
        (Text("Urval", "Selection"), "vardform = somatisk, sjukhus = –"),
        (Text("Summering", "Aggregation"), "ratio"),
        (Text("Riket", "The country"), "sum"),
        (Text("Rör personer", "Concerns persons"), YES),
        (
            Text("Återger en publicering", "Reproduces a publication"),
            outlines.Word("ja: inget döljs", "yes: nothing is hidden"),
        ),
        (
            Text("Räknar detsamma som", "Counts the same as"),
            Text(
                "medelvärdet av antal i dagar över kortare perioder, avrundat till 2 decimaler",
                "the mean of antal in dagar over shorter periods, rounded to 2 decimals",
            ),
        ),
        (Text("Anmärkning", "Note"), Text("Obs", "Mind")),
        (Text("Publicerad summa 2024", "Published total 2024"), "12.5 (Rapport)"),
    ]


def test_what_a_measure_lacks_is_told_as_that_or_not_at_all():
    _, rows = measure_rows(
        aggregation="sum",
        dimensions=[],
        where={},
        notes=[],
        known_totals=[],
        concerns_persons=False,
        country="none",
        already_published=False,
    )
    told = {label.en: value for label, value in rows}
    assert (told["Dimensions"], told["Selection"], told["Concerns persons"]) == ("–", "–", NO)
    assert "Denominator" not in told and len(rows) == 11


@pytest.mark.parametrize("outline", [outlines.of_code_list, outlines.of_model, outlines.of_measure])
def test_content_that_cannot_be_read_is_told_field_by_field(outline):
    content = {"title": {"sv": "Å", "en": "A"}, "size": 3, "half": {"sv": "Å"}}
    assert outline(content) == [
        (Text("title", "title"), Text("Å", "A")),
        (Text("size", "size"), "3"),
        (Text("half", "half"), "{'sv': 'Å'}"),
    ]
