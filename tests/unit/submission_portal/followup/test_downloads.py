"""What people take with them: exact, harmless in a spreadsheet, and without hidden values."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest

from registry.findings import Finding, Severity
from registry.formats import Options, format_named
from registry.period import Period
from submission_portal.followup.breaks import Break, Cause
from submission_portal.followup.downloads import Names, Origin, as_csv, as_json
from submission_portal.followup.figures import Figure, Status
from submission_portal.followup.finding_texts import FINDINGS
from submission_portal.followup.formats import FORMATS, TableSource

NAMES = Names((("sjukhus", "Sjukhus"),), {"region": {"25": "Norrbotten"}, "sjukhus": {"x": "=cmd|'/C calc'!A0"}})
FIGURES = [
    Figure(
        "25/2018-03-01", "25", (), Period.parse("2018-03-01"), Decimal("746.500000"), Status.OBSERVED, 5, 5, (), ("r",)
    ),
    Figure(
        "25/2018-03-01/sjukhus/x", "25", ("x",), Period.parse("2018-03-01"), None, Status.HIDDEN, 1, None, (), ("r",)
    ),
]

ORIGIN = Origin(
    "made_up", "http://127.0.0.1:8000/uppfoljning/beds/versioner/2", releases={"r": "=Exempelregionen, L-1"}
)


def rows(language: str) -> list[list[str]]:
    return list(
        csv.reader(io.StringIO(as_csv("beds", FIGURES, NAMES, ORIGIN, language).decode("utf-8-sig")), delimiter=";")
    )


def test_a_swedish_spreadsheet_reads_the_figures():
    head, region, _ = rows("sv")
    assert head[:5] == ["regionskod", "region", "Sjukhus", "period", "värde"]
    assert region[:5] == ["25", "Norrbotten", "", "2018-03-01", "746,5"]


def test_english_has_english_words_and_a_decimal_point():
    head, region, hidden = rows("en")
    assert head[4] == "value"
    assert region[4] == "746.5"
    assert hidden[5] == "hidden"


def test_no_cell_is_a_formula():
    assert rows("sv")[2][2].startswith("'=")


def test_a_hidden_value_is_nowhere_in_either_file():
    assert rows("sv")[2][4] == ""
    hidden = json.loads(as_json({}, FIGURES, (), NAMES))["figures"][1]
    assert (hidden["value"], hidden["status"]) == (None, "hidden")


def test_json_has_exact_decimals():
    assert json.loads(as_json({"measure": "beds"}, FIGURES, (), NAMES))["figures"][0]["value"] == "746.5"


def test_every_row_says_where_its_figure_comes_from():
    head, *figures = rows("sv")
    assert head[-3:] == ["ursprung", "källa", "tabellversion"]
    assert {tuple(row[-3:-1]) for row in figures} == {("påhittade", "'=Exempelregionen, L-1")}
    assert rows("en")[1][-3] == "made up"
    assert all(row[-1].endswith("/uppfoljning/beds/versioner/2") for row in figures)
    assert len({len(row) for row in (head, *figures)}) == 1


def test_a_publication_that_the_measure_names_is_the_source_of_every_figure():
    origin = Origin("reproduced", "", "SKL, tabell 32 https://example.org/", {"r": "Region Norrbotten, L-1"})
    assert origin.of(FIGURES[0]) == "SKL, tabell 32 https://example.org/"


BREAK = Break(date(2018, 1, 1), Cause.WORDING, "25")


def source(breaks=(), remarks=(), reproduced=None, apart=0):
    return TableSource(
        measure="beds",
        about={"measure": "beds", "source": reproduced},
        remarks=remarks,
        breaks=lambda _options: breaks,
        figures=lambda _options: FIGURES,
        names=lambda _language: NAMES,
        origin=lambda _language: ORIGIN,
        not_comparable=lambda: apart,
    )


def losses(name, table):
    return {loss.code: loss.params["number"] for loss in format_named(FORMATS, name).write(table).losses}


def test_the_spreadsheet_says_that_breaks_and_remarks_are_not_in_it():
    remark = Finding("FOL-003", Severity.INFO, {"cells": 1})
    assert losses("csv", source()) == {"FOL-033": 1, "FOL-034": 1}
    assert losses("csv", source((BREAK,), (remark,))) == {"FOL-031": 1, "FOL-032": 1, "FOL-033": 1, "FOL-034": 1}


def test_the_file_for_machines_says_that_names_and_sources_are_not_in_it():
    assert losses("json", source((BREAK,))) == {"FOL-035": 2, "FOL-036": 1}
    assert losses("json", source(reproduced={"title": "SKL, tabell 32"})) == {"FOL-035": 2}


def test_each_file_says_that_it_does_not_tell_which_regions_are_comparable():
    for name in ("csv", "json"):
        assert "FOL-037" not in losses(name, source())
        assert losses(name, source(apart=2))["FOL-037"] == 2


def test_every_format_of_a_table_is_written_from_the_same_source():
    table = source((BREAK,))
    assert format_named(FORMATS, "csv").write(table).data == as_csv("beds", FIGURES, NAMES, ORIGIN, "sv")
    assert format_named(FORMATS, "csv").write(table, Options("en")).data == as_csv("beds", FIGURES, NAMES, ORIGIN, "en")
    assert format_named(FORMATS, "json").write(table).data == as_json(table.about, FIGURES, (BREAK,), NAMES)


def test_what_kinds_of_files_there_are_of_a_table():
    known = {("csv", "text/csv", "csv", True), ("json", "application/json", "json", True)}
    assert {(one.name, one.media_type, one.extension, one.is_text) for one in FORMATS} >= known


@pytest.mark.parametrize(
    ("code", "one", "several"),
    [
        ("FOL-031", "1 break, where", "2 breaks, where"),
        ("FOL-032", "1 remark from the composition is not", "2 remarks from the composition are not"),
        ("FOL-034", "1 name would", "2 names would"),
    ],
)
def test_what_is_not_in_a_file_is_counted_as_one_speaks(code, one, several):
    for number, words in ((1, one), (2, several)):
        assert FINDINGS.read(FINDINGS.found(code, {"number": number}), "en").body.startswith(words)
