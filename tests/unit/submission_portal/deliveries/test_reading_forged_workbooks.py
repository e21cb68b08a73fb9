"""Forged workbooks, read as the application reads them: refused at once and in words, and nobody dies of them."""

import json
import os

import pytest

from registry.cage.bounds import MEBIBYTE, Bounds
from registry.cage.pool import Pool
from registry.cage.usage import use_of
from registry.finding_catalogue import Catalogue
from submission_portal.deliveries.finding_texts.all import TEXTS
from submission_portal.deliveries.reading import caged
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written
from submission_portal.deliveries.reading.limits import Limits
from submission_portal.deliveries.reading.messages import Asked, StrangeAnswerError, answer_of, reading_from
from submission_portal.deliveries.reading.reader import read
from tests.factories import forged_workbooks as forged

EXPECTED = Expected(
    (
        ExpectedColumn("dag", ("Dag",), written=Written.DAY),
        ExpectedColumn("sjukhus", ("Sjukhus",)),
        ExpectedColumn(
            "platser", ("Fastställda vårdplatser",), written=Written.INTEGER, is_value=True, is_additive=True
        ),
    )
)
DEATHS = {"FIL-032", "FIL-033", "FIL-034"}
READ = {
    "a day after all calendars", "a format that is not there", "a long text", "ten thousand attributes of a cell",
    "a hundred thousand tiny elements", "a hundred thousand tiny elements beside the rows",
    "a hundred thousand elements within each other", "ten thousand attributes", "ten thousand comments",
    "comments that are named thousands of times", "a sum of a million digits", "a sum of hundreds of thousands of digits",
}  # fmt: skip
"""What is odd and harmless, and read as far as it goes."""


def codes(reading):
    return [finding.code for finding in reading.findings]


def processor_seconds():
    """Of the children that have ended, and of those that live; wall time would be anybody's."""
    living = [use_of(pid) for pid in caged.POOL.children()]
    return sum(os.times()[2:4]) + sum(use.processor_seconds for use in living if use is not None)


@pytest.mark.parametrize("what", forged.NAMED)
def test_a_forged_workbook_is_answered_within_a_second_in_words_and_its_reader_lives(what):
    before = processor_seconds()
    reading = caged.read(forged.NAMED[what], "a.xlsx", EXPECTED)
    assert processor_seconds() - before < 1
    assert reading.findings and not DEATHS.intersection(codes(reading))
    assert what in READ or not reading.may_be_kept
    for language in ("sv", "en"):
        for finding in reading.findings:
            told = Catalogue(TEXTS).read(finding, language)
            assert told.body and told.mend and "99999999" not in told.body


@pytest.mark.parametrize("what", forged.ODD)
def test_a_workbook_that_is_written_in_another_way_says_the_same(what):
    usual, odd = (read(data, "a.xlsx", EXPECTED) for data in (forged.packed(forged.parts()), forged.ODD[what]))
    assert odd.findings == usual.findings and odd.preview == usual.preview
    assert odd.frame.equals(usual.frame) and len(odd.frame) == 7


def test_identity_numbers_are_found_however_the_cells_are_written_and_in_sheets_that_nothing_names():
    person = ("<v>54</v>", "<v>198112189876</v>")
    for data in (
        forged.changed(forged.SHEET, *person),
        forged.packed(forged.parts() | {"xl/worksheets/sheet9.xml": forged.parts()[forged.SHEET].replace(b"54", b"198112189876")}),
        forged.changed(forged.SHEET, "<sheetData>", "<!-- 811218-9876 --><sheetData>"),
        forged.changed(forged.SHEET, "</row>", "<!-- 811218-9876 --></row>"),
        forged.packed({name: text + b"<!-- 811218-9876 -->" if name == forged.SHEET else text for name, text in forged.parts().items()}),
    ):  # fmt: skip
        reading = caged.read(data, "a.xlsx", EXPECTED)
        assert codes(reading) == ["PER-001"] and not reading.may_be_kept and "9876" not in repr(reading)


def test_structure_aware_forgeries_never_kill_a_reader():
    for seed in range(100):
        reading = caged.read(forged.forged(seed), "a.xlsx", EXPECTED)
        assert not DEATHS.intersection(codes(reading)), f"forged({seed})"


def test_whatever_takes_a_reader_down_is_a_finding_about_the_file():
    data = forged.packed(forged.parts(3000))
    for bounds, code in (
        (Bounds(resident_bytes=MEBIBYTE), "FIL-032"),
        (Bounds(processor_seconds=0.0, seconds_per_mebibyte=0.0, most_processor_seconds=0.0), "FIL-033"),
    ):
        pool = Pool("submission_portal.deliveries.reading.child", size=1, bounds=bounds)
        reading = caged.read(data, "a.xlsx", EXPECTED, pool=pool)
        pool.close()
        assert codes(reading) == [code] and not reading.may_be_kept and reading.frame is None


def test_a_name_with_an_identity_number_is_told_even_where_the_file_killed_its_reader():
    pool = Pool("submission_portal.deliveries.reading.child", size=1, bounds=Bounds(resident_bytes=MEBIBYTE))
    reading = caged.read(forged.packed(forged.parts(3000)), "811218-9876.xlsx", EXPECTED, pool=pool)
    pool.close()
    assert codes(reading) == ["PER-001"]


def test_a_reader_has_loaded_no_more_than_it_needs():
    caged.POOL.missing()
    for pid in caged.POOL.children():
        with open(f"/proc/{pid}/maps") as file:
            loaded = file.read()
        assert not [name for name in ("polars", "sqlalchemy", "_ssl", "_socket") if name in loaded]
        with open(f"/proc/{pid}/status") as file:
            assert "Threads:\t1\n" in file.read(), "another thread would be outside of walls that this one raised"


ASKED = Asked("a.xlsx", EXPECTED, None, Limits(), None)


def answered():
    answer, parts = answer_of(read(forged.packed(forged.parts()), "a.xlsx", EXPECTED))
    return json.loads(json.dumps(answer)), parts


def test_an_honest_answer_is_the_reading():
    answer, parts = answered()
    honest = read(forged.packed(forged.parts()), "a.xlsx", EXPECTED)
    taken = reading_from(answer, parts, ASKED)
    assert taken == honest and taken.frame.equals(honest.frame)


LIES = {
    "no object": lambda answer, parts: ([], parts),
    "another code": lambda answer, parts: (answer | {"findings": [answer["findings"][0] | {"code": "ZZZ-001"}]}, parts),
    "no parameters": lambda answer, parts: (answer | {"findings": [answer["findings"][0] | {"params": {}}]}, parts),
    "a text for a flag": lambda answer, parts: (answer | {"may_be_kept": "yes"}, parts),
    "a column of its own": lambda answer, parts: (
        answer | {"table": {"sheet": None, "columns": {"x": ["a"]}}},
        parts[:2],
    ),
    "too few numbers": lambda answer, parts: (answer, [parts[0], parts[1][:-4], *parts[2:]]),
    "half a number": lambda answer, parts: (answer, [parts[0], parts[1][:-1], *parts[2:]]),
    "a value that is not there": lambda answer, parts: (answer, [parts[0], b"\xff" * len(parts[1]), *parts[2:]]),
    "row 0": lambda answer, parts: (answer, [b"\x00" * len(parts[0]), *parts[1:]]),
    "fewer columns": lambda answer, parts: (answer, parts[:-1]),
    "half a character": lambda answer, parts: (answer | {"letters": {"dag": "\ud800"}}, parts),
    "a number without end": lambda answer, parts: (
        answer | {"preview": answer["preview"] | {"data_rows": 10**400}},
        parts,
    ),
    "a check of its own": lambda answer, parts: (answer | {"checks": [{"code": "ZZZ-001"}]}, parts),
    "no reason why not": lambda answer, parts: (answer | {"checks": [{"code": "FIL-001", "why_not": "x"}]}, parts),
    "a long text": lambda answer, parts: (answer | {"preview": answer["preview"] | {"sheet": "x" * 10**6}}, parts),
}


@pytest.mark.parametrize("lie", LIES)
def test_nothing_that_a_reader_answers_is_believed(lie):
    with pytest.raises(StrangeAnswerError):
        reading_from(*LIES[lie](*answered()), ASKED)
