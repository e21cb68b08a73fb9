"""What people take with them: exact, harmless in a spreadsheet, and without hidden values."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

from registry.findings import Finding, Severity, Text
from registry.formats import Options, format_named
from registry.period import Period
from submission_portal.followup.breaks import Break, Cause
from submission_portal.followup.downloads import Names, Origin, as_csv, as_json
from submission_portal.followup.figures import Figure, Status
from submission_portal.followup.formats import FORMATS, TableSource
from submission_portal.followup.incomparable import Incomparable, Incomparables

NAMES = Names(
    (("sjukhus", "Sjukhus"),), {"region": {"25": "Norrbotten", "03": "Uppsala"}, "sjukhus": {"x": "=cmd|'/C calc'!A0"}}
)
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

REASON = Text("Räknas tekniska vårdplatser in? Norrbotten: nej; Uppsala: ja.", "Are technical beds counted? …")
APART = Incomparables(
    date(2026, 11, 2),
    (
        Incomparable(
            "bed", ("25", "03"), None, date(2018, 3, 1), (REASON,), ("03",), (("25", date(2018, 2, 1), "Så."),)
        ),
        Incomparable("bed", ("25", "24"), date(2018, 3, 2), None, (REASON,)),
    ),
)


def rows(language: str) -> list[list[str]]:
    return list(
        csv.reader(
            io.StringIO(as_csv("beds", FIGURES, NAMES, ORIGIN, APART, language).decode("utf-8-sig")), delimiter=";"
        )
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
    hidden = json.loads(as_json({}, FIGURES, (), APART, NAMES))["figures"][1]
    assert (hidden["value"], hidden["status"]) == (None, "hidden")


def test_json_has_exact_decimals():
    assert json.loads(as_json({"measure": "beds"}, FIGURES, (), APART, NAMES))["figures"][0]["value"] == "746.5"


def test_every_row_says_where_its_figure_comes_from():
    head, *figures = rows("sv")
    assert head[-4:-1] == ["ursprung", "källa", "tabellversion"]
    assert {tuple(row[-4:-2]) for row in figures} == {("påhittade", "'=Exempelregionen, L-1")}
    assert rows("en")[1][-4] == "made up"
    assert all(row[-2].endswith("/uppfoljning/beds/versioner/2") for row in figures)
    assert len({len(row) for row in (head, *figures)}) == 1


def test_every_row_says_which_regions_it_cannot_be_compared_with_on_its_last_day():
    head, *figures = rows("sv")
    assert head[-1] == "inte jämförbar med"
    assert rows("en")[0][-1] == "not comparable with"
    assert {row[-1] for row in figures} == {"Uppsala"}, "that with Västerbotten begins the day after"


def test_the_file_for_machines_says_who_is_not_comparable_from_when_and_why():
    told = json.loads(as_json({}, FIGURES, (), APART, NAMES))["comparability"]
    assert told["as_of"] == "2026-11-02"
    first, later = told["not_comparable"]
    assert first == {
        "concept": "bed", "regions": ["25", "03"], "from": None, "to": "2018-03-01", "reasons": [REASON.as_dict()],
        "unanswered": ["03"], "answers": [{"region": "25", "day": "2018-02-01", "text": "Så."}],
    }  # fmt: skip
    assert (later["from"], later["to"]) == ("2018-03-02", None)


def test_two_regions_are_apart_from_the_first_day_to_the_last():
    assert [APART.with_region("25", date(2018, 3, day)) for day in (1, 2)] == [("03",), ("24",)]
    assert APART.with_region("03", date(1, 1, 1)) == ("25",)
    assert APART.with_region("24", date(9999, 12, 31)) == ("25",)
    assert APART.with_region("01", date(2018, 3, 1)) == ()


def test_a_publication_that_the_measure_names_is_the_source_of_every_figure():
    origin = Origin("reproduced", "", "SKL, tabell 32 https://example.org/", {"r": "Region Norrbotten, L-1"})
    assert origin.of(FIGURES[0]) == "SKL, tabell 32 https://example.org/"


BREAK = Break(date(2018, 1, 1), Cause.WORDING, "25")


def source(breaks=(), remarks=(), reproduced=None):
    return TableSource(
        measure="beds",
        about={"measure": "beds", "source": reproduced},
        remarks=remarks,
        breaks=lambda _options: breaks,
        figures=lambda _options: FIGURES,
        names=lambda _language: NAMES,
        origin=lambda _language: ORIGIN,
        incomparables=lambda: APART,
    )


def losses(name, table):
    return {loss.code: loss.params["number"] for loss in format_named(FORMATS, name).write(table).losses}


def test_the_spreadsheet_says_that_breaks_and_remarks_are_not_in_it():
    remark = Finding("FOL-003", Severity.INFO, {"cells": 1})
    assert losses("csv", source()) == {"FOL-033": 1, "FOL-034": 1, "FOL-037": 2}
    assert losses("csv", source((BREAK,), (remark,))) == {
        "FOL-031": 1, "FOL-032": 1, "FOL-033": 1, "FOL-034": 1, "FOL-037": 2,
    }  # fmt: skip


def test_the_file_for_machines_says_that_names_and_sources_are_not_in_it():
    assert losses("json", source((BREAK,))) == {"FOL-035": 3, "FOL-036": 1}
    assert losses("json", source(reproduced={"title": "SKL, tabell 32"})) == {"FOL-035": 3}


def test_every_format_of_a_table_is_written_from_the_same_source():
    table = source((BREAK,))
    assert format_named(FORMATS, "csv").write(table).data == as_csv("beds", FIGURES, NAMES, ORIGIN, APART, "sv")
    assert format_named(FORMATS, "csv").write(table, Options("en")).data == as_csv(
        "beds", FIGURES, NAMES, ORIGIN, APART, "en"
    )
    assert format_named(FORMATS, "json").write(table).data == as_json(table.about, FIGURES, (BREAK,), APART, NAMES)


def test_what_kinds_of_files_there_are_of_a_table():
    known = {("csv", "text/csv", "csv", True), ("json", "application/json", "json", True)}
    assert {(one.name, one.media_type, one.extension, one.is_text) for one in FORMATS} >= known
