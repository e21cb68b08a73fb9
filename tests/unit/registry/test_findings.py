"""Findings as values: stored and read back, made by their entry, said in words."""

import pytest

from registry.finding_catalogue import (
    OF_AN_EARLIER_VERSION,
    AnswerKind,
    Catalogue,
    Evidence,
    FindingEntry,
    ReadableFinding,
    Scope,
    Stage,
)
from registry.findings import Finding, LazyPlaces, Place, Severity, Text, changed_places, worst
from registry.formats import Exported, Format, Options, counted_losses, format_named

NO_TEXT = Text("", "")
FULL = Finding(
    "A-1",
    Severity.WARNING,
    {"number": 3, "unit": Text("Medicin", "Medicine"), "name": "x"},
    (
        Place("Blad", 3, "C", "beds", "7", (("region", "25"), ("unit", "m")), Text("Medicin", "Medicine")),
        Place(row=0, value=""),
        Place(),
    ),
)
STORED = {
    "code": "A-1",
    "severity": "warning",
    "params": {"number": 3, "unit": {"sv": "Medicin", "en": "Medicine"}, "name": "x"},
    "places": [
        {
            "sheet": "Blad", "row": 3, "column": "C", "field": "beds", "value": "7",
            "key": {"region": "25", "unit": "m"}, "label": {"sv": "Medicin", "en": "Medicine"},
        },
        {"row": 0, "value": ""},
        {},
    ],
}  # fmt: skip


def test_a_finding_is_stored_with_what_it_has_and_read_back_the_same():
    assert FULL.as_dict() == STORED
    assert Finding.from_dict(STORED) == FULL


def test_a_finding_without_parameters_or_places_is_read():
    assert Finding.from_dict({"code": "A-1", "severity": "error"}) == Finding("A-1", Severity.ERROR)


def test_a_text_that_lacks_a_language_is_read_as_empty():
    assert Text.from_dict({"sv": "å"}) == Text("å", "")
    assert Text.from_dict({"en": "a"}) == Text("", "a")
    assert (Text("å", "a").in_language("sv"), Text("å", "a").in_language("en")) == ("å", "a")


def test_the_gravest_severity_is_that_of_the_gravest_finding():
    of = {severity: Finding("A-1", severity) for severity in Severity}
    assert worst([]) is None
    assert worst([of[Severity.INFO]]) is Severity.INFO
    assert worst([of[Severity.INFO], of[Severity.WARNING]]) is Severity.WARNING
    assert worst([of[Severity.WARNING], of[Severity.QUESTION]]) is Severity.QUESTION
    assert worst([of[Severity.QUESTION], of[Severity.ERROR], of[Severity.INFO]]) is Severity.ERROR


def entry(code="A-1", **more):
    base = {
        "severity": Severity.WARNING, "stage": Stage.ROWS, "scope": Scope.CELL,
        "title": Text("{count} i {unit}", "{count} in {unit}"), "body": Text("{name}", "{name}"), "mend": NO_TEXT,
    }  # fmt: skip
    return FindingEntry(code, **(base | more))


def test_a_catalogue_makes_and_reads_findings_by_their_entry():
    catalogue = Catalogue([entry(field="beds"), entry("A-2", answer=AnswerKind.SHEET)])
    found = catalogue.found("A-1", FULL.params, FULL.places)
    assert found == FULL
    assert catalogue.found("A-2") == Finding("A-2", Severity.WARNING)
    assert catalogue.read(found, "sv") == ReadableFinding(
        "A-1", Severity.WARNING, "3 i Medicin", "x", "", FULL.places, "beds"
    )
    assert catalogue.read(found, "en").title == "3 in Medicine"
    assert [one.code for one in catalogue] == ["A-1", "A-2"]
    assert "A-1" in catalogue and "A-3" not in catalogue
    assert catalogue["A-2"] is catalogue.asking(AnswerKind.SHEET)
    for missing in (AnswerKind.REPLY, AnswerKind.CHOICE):
        with pytest.raises(ValueError, match="unpack"):
            catalogue.asking(missing)


def test_a_count_that_is_stored_is_said_instead_of_the_places():
    found = Finding("A-1", Severity.WARNING, {"count": 900, "unit": "m", "name": "x"}, FULL.places)
    assert Catalogue([entry()]).read(found, "sv").title == "900 i m"


def test_a_pair_as_an_earlier_version_stored_it_is_one_text():
    params = {"unit_sv": "Medicin", "unit_en": "Medicine", "name": "x"}
    found = Finding.from_dict({"code": "A-1", "severity": "warning", "params": params})
    catalogue = Catalogue([entry()])
    assert catalogue.read(found, "sv").title == "0 i Medicin"
    assert catalogue.read(found, "en").title == "0 in Medicine"


def test_no_code_is_defined_twice():
    with pytest.raises(ValueError, match="A-1"):
        Catalogue([entry(), entry()])


@pytest.mark.parametrize(
    ("severity", "answer"),
    [
        (Severity.WARNING, AnswerKind.EXPLANATION),
        (Severity.ERROR, AnswerKind.NONE),
        (Severity.QUESTION, AnswerKind.NONE),
        (Severity.INFO, AnswerKind.NONE),
    ],
)
def test_a_code_of_an_earlier_version_is_read_by_its_severity(severity, answer):
    catalogue = Catalogue([entry()])
    stored = catalogue.stored(Finding("OLD-1", severity))
    assert (stored.code, stored.severity, stored.answer, stored.body) == (
        "OLD-1",
        severity,
        answer,
        OF_AN_EARLIER_VERSION,
    )
    assert stored.title == Text("OLD-1", "OLD-1")
    assert (stored.evidence, stored.stops, stored.looks_for) == (Evidence.PLACES, False, None)
    assert catalogue.stored(Finding("A-1", Severity.ERROR)) is catalogue["A-1"]


def names(scope):
    return scope.names_element, scope.names_unit, scope.names_period


def test_a_scope_says_what_tells_findings_apart():
    assert {scope: names(scope) for scope in Scope if any(names(scope))} == {
        Scope.COLUMN: (True, False, False),
        Scope.ROW: (False, True, True),
        Scope.CELL: (True, True, True),
        Scope.EMPTY_CELL: (True, True, True),
        Scope.UNIT: (False, True, False),
    }


def test_two_kinds_of_answers_are_explanations():
    assert [kind for kind in AnswerKind if kind.is_explanation] == [
        AnswerKind.EXPLANATION,
        AnswerKind.EXPLANATION_OR_CORRECTION,
    ]


PLAIN = Format("plain", Text("", ""), Text("", ""), "text/plain", "txt", True, lambda source, _: source.encode())
LOSSY = Format(
    "lossy", NO_TEXT, NO_TEXT, "text/csv", "csv", True,
    lambda source, options: f"{source} {options.language} {options.region} {options.period}".encode(),
    lambda source, options: (Finding("A-1", Severity.INFO, {"language": options.language}),),
)  # fmt: skip


def test_a_format_writes_and_says_what_it_leaves_out():
    assert PLAIN.write("å") == Exported("å".encode())
    assert LOSSY.write("x", Options("en")) == Exported(
        b"x en None None", (Finding("A-1", Severity.INFO, {"language": "en"}),)
    )
    assert LOSSY.write("x").data == b"x sv None None"
    assert PLAIN.file_name("a-1") == "a-1.txt"
    assert (PLAIN.takes, PLAIN.is_template) == (frozenset(), False)


def test_a_format_is_found_by_name_and_by_extension():
    assert format_named((PLAIN, LOSSY), "lossy") is LOSSY
    assert format_named((PLAIN, LOSSY), "csv") is LOSSY
    assert format_named((PLAIN, LOSSY), "xml") is None


def test_only_what_is_lost_is_told():
    catalogue = Catalogue([entry(severity=Severity.INFO), entry("A-2")])
    assert counted_losses(catalogue, {"A-1": 1, "A-2": 0}) == (Finding("A-1", Severity.INFO, {"number": 1}),)


def lazy(count):
    return LazyPlaces(count, lambda start, stop: [Place(row=row) for row in range(start, stop)])


def test_places_that_are_made_when_they_are_asked_for_are_a_sequence_like_any_other():
    made, asked = lazy(40), []
    rows = [place.row for place in made]
    assert rows == list(range(40)) and len(made) == 40
    assert (made[0].row, made[-1].row) == (0, 39)
    assert [place.row for place in made[37:]] == [37, 38, 39] and made[5:5] == ()
    assert [place.row for place in made[8:2:-3]] == [8, 5]
    with pytest.raises(IndexError):
        made[40]
    assert made == tuple(Place(row=row) for row in range(40)) and made == lazy(40)
    assert made != lazy(39) and made != (*made[:39], Place(row=7)) and made != 40
    assert lazy(0) != "" and lazy(0) == ()
    few = LazyPlaces(100, lambda start, stop: asked.append((start, stop)) or [Place(row=1)] * (stop - start))
    next(iter(few))
    assert asked == [(0, 16)], "whoever wants the first ones has few made"
    list(few)
    assert asked[1:] == [(0, 16), (16, 32), (32, 64), (64, 100)]


def test_places_are_changed_when_they_are_made():
    def in_sheet(place):
        return Place("Blad", place.row)

    assert list(changed_places(lazy(2), in_sheet)) == [Place("Blad", 0), Place("Blad", 1)]
    assert changed_places([Place(row=3)], in_sheet) == (Place("Blad", 3),)
