"""A text file read by columns and the same read row by row: the same rows, findings and places, whatever is odd about it."""

import csv
import io
from collections import Counter
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from submission_portal.deliveries.reading import caged, readers
from submission_portal.deliveries.reading.columnar.grid import WIDTHS, OddFileError
from submission_portal.deliveries.reading.grid_rows import GridRows
from submission_portal.deliveries.reading.reader import read
from submission_portal.deliveries.stored_rows import as_texts
from tests.factories.delivery_files import HEADINGS, WARDS

DAYS = st.sampled_from(
    ["2026-10-01", "20261002", "3/10/2026", "4/5/2026", "13/10/2026", "1 okt 2026", "2026-10-01 06:00", "2026-10-01T23:00:00Z", ""]
)  # fmt: skip
HOSPITALS = st.sampled_from(["Norra sjukhuset", "n", " n ", "Östra", "Summa", "", "norra  sjukhuset"])
WARDS_NAMED = st.sampled_from(
    [
        "Avd 1",
        "Avd\u00a02",
        "Åre",
        "",
        "Totalt",
        "En avdelning med ett mycket långt namn, längre än åtta byte",
        "x" * 90,
    ]
)
NUMBERS = st.sampled_from(["0", "12", "12,5", "1 234", "−3", "stängd", "", "..", "12.0", "9876", "  7"])
ROWS = st.lists(st.tuples(DAYS, HOSPITALS, WARDS_NAMED, NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=12)
CLEAN_ROWS = st.lists(
    st.tuples(
        st.dates().map(str), st.sampled_from(["Norra sjukhuset", "n"]), st.text("Avd åäö123", min_size=1, max_size=20),
        *[st.integers(0, 30).map(str)] * 3,
    ),
    min_size=1,
    max_size=30,
)  # fmt: skip
ODDITIES = (
    "title", "note", "sum row", "empty row", "repeated header", "short row", "long row", "stray quote", "broken line",
    "quoted delimiter", "lone return", "zero byte", "wrong byte", "nameless column", "doubled column", "unknown column",
    "identity number", "divided number", "empty lines at the end", "no header", "delimiter declared", "number apart",
)  # fmt: skip


@dataclass(frozen=True)
class Form:
    delimiter: str
    encoding: str
    end: str
    quotes: bool
    ends_line: bool


FORMS = st.builds(
    Form,
    st.sampled_from([";", ",", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "cp850", "mac-roman"]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.booleans(),
)
CLEAN_FORMS = st.builds(
    Form, st.sampled_from([";", ",", "\t"]), st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
    st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans(),
)  # fmt: skip


def made(rows, form: Form, odd=frozenset(), at=0) -> bytes:
    """A file of these rows with some oddities, most of them at row ``at``."""
    header, body = list(HEADINGS), [list(row) for row in rows]
    at %= len(body)
    if "nameless column" in odd:
        header, body = [*header, ""], [[*row, "x" if index == at else ""] for index, row in enumerate(body)]
    if "unknown column" in odd:
        header, body = [*header, "Annat"], [[*row, "1"] for row in body]
    if "doubled column" in odd:
        header, body = [*header, "Hospital"], [[*row, row[1]] for row in body]
    if "divided number" in odd:
        header, body = [*header, "Född", "Sista fyra"], [[*row, "811218", "9876"] for row in body]
    if "number apart" in odd:
        header, body = ["Födelsedatum", *header, "Sista fyra"], [["811218", *row, "9876"] for row in body]
    if "identity number" in odd:
        body[at][2] = "811218-9876"
    if "sum row" in odd:
        body.insert(at + 1, ["Summa", "", "", "12", "12,5", "0", *[""] * (len(header) - 6)])
    if "note" in odd:
        body.insert(at, ["Källa: systemet, uttag 1", *[""] * (len(header) - 1)])
    if "empty row" in odd:
        body.insert(at, [""] * len(header))
    if "repeated header" in odd:
        body.insert(at, list(header))
    if "short row" in odd:
        body[at] = body[at][:3]
    if "long row" in odd:
        body[at] = [*body[at], "5", "6"]
    if "broken line" in odd:
        body[at][2] = "Avd\n9"
    if "quoted delimiter" in odd:
        body[at][2] = f"Avd{form.delimiter}9"
    lines = [*([["Vårdplatser i oktober"]] if "title" in odd else []), *([] if "no header" in odd else [header]), *body]
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if form.quotes else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=form.delimiter, lineterminator=form.end, quoting=quoting).writerows(lines)
    whole = text.getvalue()
    if not form.ends_line:
        whole = whole.removesuffix(form.end)
    if "stray quote" in odd:
        whole = whole.replace("Avd", 'A"vd', 1)
    if "lone return" in odd:
        whole = whole.replace("Avd", "Avd\r", 1)
    if "zero byte" in odd:
        whole = whole.replace("Avd", "Avd\x00", 1)
    if "empty lines at the end" in odd:
        whole += form.end * 3
    if "delimiter declared" in odd:
        whole = f"sep={form.delimiter}{form.end}{whole}"
    data = whole.encode(form.encoding, "replace")
    return data.replace("Å".encode(form.encoding), b"\x81") if "wrong byte" in odd else data


def row_by_row(data: bytes):
    def odd(*_data, **_how):
        raise OddFileError(WIDTHS)

    by_columns, readers.read_by_columns = readers.read_by_columns, odd
    try:
        return read(data, "okt.csv", WARDS)
    finally:
        readers.read_by_columns = by_columns


def told(reading):
    findings = [(one.code, dict(one.params), tuple(one.places)) for one in reading.findings]
    checks = [(one.code, one.why_not) for one in reading.checks]
    return findings, reading.preview, reading.letters, checks, reading.may_be_kept


def is_read_by_columns(data: bytes, monkeypatch) -> bool:
    opened = []
    original = readers.read_by_columns

    def noted(*given, **how):
        file = original(*given, **how)
        opened.append(isinstance(file.sheet.rows, GridRows))
        return file

    with monkeypatch.context() as patched:
        patched.setattr(readers, "read_by_columns", noted)
        read(data, "okt.csv", WARDS)
    return any(opened)


def assert_same(data: bytes) -> None:
    one, other = read(data, "okt.csv", WARDS), row_by_row(data)
    assert told(one) == told(other)
    assert (one.frame is None) == (other.frame is None)
    if one.frame is not None:
        columns = sorted(one.frame.columns)
        assert columns == sorted(other.frame.columns)
        assert as_texts(one.frame).select(columns).equals(as_texts(other.frame).select(columns))


@settings(max_examples=100, deadline=None)
@given(ROWS, FORMS, st.sets(st.sampled_from(ODDITIES), max_size=3), st.integers(0, 11))
def test_both_roads_lead_to_the_same_rows_findings_and_places(rows, form, odd, at):
    assert_same(made(rows, form, odd, at))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200), st.sampled_from([";", ","]))
def test_any_text_under_a_header_is_read_alike(text, delimiter):
    assert_same(f"{delimiter.join(HEADINGS)}\n{text}".encode("utf-8", "replace"))


def test_clean_files_are_read_by_columns(monkeypatch, capsys):
    taken: Counter[bool] = Counter()

    @settings(max_examples=100, deadline=None, derandomize=True)
    @given(
        CLEAN_ROWS,
        CLEAN_FORMS,
        st.sets(st.sampled_from(["title", "note", "sum row", "empty row", "unknown column"])),
        st.integers(0, 9),
    )
    def reading(rows, form, odd, at):
        taken[is_read_by_columns(made(rows, form, odd - {"title"} if form.quotes else odd, at), monkeypatch)] += 1

    reading()
    share = taken[True] / taken.total()
    with capsys.disabled():
        print(f"\nread by columns: {taken[True]} of {taken.total()} clean files, {share:.1%}")
    assert share >= 0.95


@settings(max_examples=60, deadline=None)
@given(ROWS, FORMS, st.sets(st.sampled_from(ODDITIES), max_size=3), st.integers(0, 11))
def test_a_child_that_can_open_nothing_reads_the_same(rows, form, odd, at):
    """What is loaded when it is first used cannot be loaded there."""
    data = made(rows, form, odd, at)
    assert told(caged.read(data, "okt.csv", WARDS)) == told(read(data, "okt.csv", WARDS))
