"""Files of records (JSON, NDJSON, Parquet) and packed texts: the same findings as the same content as CSV; what is wrong is refused whole."""

import base64
import gzip
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from information_models.definitions import ElementType
from information_models.starter.loading import starter_model
from registry.findings import Place
from submission_portal.deliveries.assessment.assess import assess
from submission_portal.deliveries.reading import caged
from submission_portal.deliveries.reading.expectations import expected_of
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.identity_scan import IdentityScan
from submission_portal.deliveries.reading.json_files import LARGEST_EXPONENT, number_text
from submission_portal.deliveries.reading.limits import Limits
from submission_portal.deliveries.reading.packing import MOST_MEMBERS, unpack
from submission_portal.deliveries.reading.reader import read
from submission_portal.deliveries.reading.readers import READERS, media_type_of
from submission_portal.deliveries.reading.records import LONGEST_CELL, pointer
from submission_portal.deliveries.reading.sheets import MappedColumn
from tests.factories.delivery_files import WARDS, plain_workbook

DAILY = starter_model("dagliga-vardplatser-per-avdelning")
EXPECTED = expected_of(DAILY)
NAMES = [element.name for element in DAILY.model.elements]
VALUES = [element.name for element in DAILY.model.values]
WARD = {"dag": "2026-10-01", "sjukhus": "n", "avdelning": "Avd 1", "disponibla": 12, "belagda": 11.5}
PERSON = "811218-9876"


def as_csv(records, names):
    def cell(value):
        if isinstance(value, float):
            return str(value).replace(".", ",")
        return "" if value is None else str(value)

    lines = [";".join(names), *(";".join(cell(record.get(name)) for name in names) for record in records)]
    return "\r\n".join([*lines, ""]).encode()


def as_json(records, _names=()):
    return json.dumps(records, ensure_ascii=False, default=float).encode()


def as_ndjson(records, _names=()):
    return b"\n".join(json.dumps(record, default=float).encode() for record in records) + b"\n"


def as_parquet(records, names):
    """Columns of one type each, as a program has them: figures as decimals or whole numbers, texts otherwise."""
    file = io.BytesIO()
    columns = {name: [record.get(name) for record in records] for name in names}
    pl.DataFrame([pl.Series(name, of_type(cells)) for name, cells in columns.items()]).write_parquet(file)
    return file.getvalue()


def of_type(cells):
    said = [cell for cell in cells if cell is not None]
    if all(isinstance(cell, int) for cell in said) or all(isinstance(cell, float) for cell in said):
        return cells
    return [None if cell is None else str(cell) for cell in cells]


def as_xlsx(records, names):
    return plain_workbook([list(names), *([record.get(name) for name in names] for record in records)])


ROADS = {
    "okt.json": as_json,
    "okt.ndjson": as_ndjson,
    "okt.parquet": as_parquet,
    "okt.xlsx": as_xlsx,
    "okt.csv.gz": lambda records, names: gzip.compress(as_csv(records, names)),
    "okt.json.gz": lambda records, names: gzip.compress(as_json(records)),
}


def found(data, name):
    reading = read(data, name, EXPECTED)
    outcome = assess(
        DAILY, reading.frame, reading_findings=reading.findings, letters=reading.letters, today=date(2026, 11, 1)
    )
    return sorted(
        (finding.code, place.field or "", place.row or 0)
        for finding in outcome.findings
        for place in (finding.places or (Place(),))
    )


FIGURES = st.one_of(
    st.integers(-3, 60), st.sampled_from([None, 2.5, 12.25, 100.125, "closed", "not_reported", "..", 10**9])
)
RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "dag": st.sampled_from(["2026-10-01", "2026-10-02", "2026-02-30", "2026-W40", "i går", None]),
            "sjukhus": st.sampled_from(["65014", "65016", "99999", None]),
            "avdelning": st.sampled_from(["Medicin", "Total ortopedi", "Summa", "Å" * 300, None]),
            **dict.fromkeys(VALUES, FIGURES),
        }
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=8, deadline=None)
@given(RECORDS)
def test_the_same_content_gives_the_same_findings_in_the_same_cells_by_each_road(records):
    by_csv = found(as_csv(records, NAMES), "okt.csv")
    for name, made in ROADS.items():
        assert found(made(records, NAMES), name) == by_csv, name


def test_three_decimals_are_the_same_finding_as_json_and_as_csv():
    model = starter_model("faststallda-vardplatser-per-sjukhus")
    columns, element = expected_of(model), model.model.values[0].name
    key = {
        one.name: model.code_list(one).codes[0].code if one.type is ElementType.CODE else "x"
        for one in map(model.model.element, model.model.key)
    }
    for data, name in (
        (json.dumps([{**key, element: 0}]).replace(": 0}", ": 100.125}").encode(), "a.json"),
        (as_csv([{**key, element: "100,125"}], [*key, element]), "a.csv"),
    ):
        reading = read(data, name, columns)
        outcome = assess(model, reading.frame, reading_findings=reading.findings, letters=reading.letters)
        (finding,) = [one for one in outcome.findings if any(place.field == element for place in one.places)]
        assert (finding.code, finding.places[0].row) == ("ROW-002", 2)
        if name == "a.json":
            assert pointer(finding.places[0], reading.preview.columns) == f"/0/{element}"


def test_a_text_that_is_no_code_and_names_above_their_rows_are_the_same_questions_by_each_road():
    figures = {"avdelning": "Medicin", **dict.fromkeys(VALUES, 5)}
    days = [{"dag": f"2026-10-0{day}", **figures} for day in (1, 2, 3)]
    unknown = [{**day, "sjukhus": name} for day, name in zip(days, ("65014", "Okänt sjukhus", "65016"), strict=True)]
    above = [{**day, "sjukhus": name} for day, name in zip(days, ("65014", None, None), strict=True)]
    missing = [{**day, "sjukhus": name} for day, name in zip(days, ("65014", "65014", None), strict=True)]
    for name, made in {"okt.csv": as_csv, **ROADS}.items():
        for records, cell in (
            (unknown, ("STR-038", "sjukhus", 3)),
            (above, ("STR-039", "sjukhus", 3)),
            (missing, ("ROW-001", "sjukhus", 4)),
        ):
            asked = [one for one in found(made(records, NAMES), name) if one[1] == "sjukhus"]
            assert asked == [cell], name


@pytest.mark.parametrize(
    ("data", "code", "told"),
    [
        (b'[{"dag": NaN}]', "FIL-040", "At /0: A value is NaN"),
        (b'[{"dag": 1}, {"dag": -Infinity}]', "FIL-040", "At /1:"),
        (b'[{"dag": {"av": 1}}]', "FIL-040", "At /0/dag: A value is a list"),
        (b'[{"dag": "\\u0000"}]', "FIL-040", "the column dag"),
        (b'[{"\\ud800": 1}]', "FIL-040", "At a name"),
        (b'[{"dag": 1, "dag": 2}]', "FIL-041", "At /0 there is dag twice"),
        (b'[{"dag": 1}', "FIL-038", "line 1. The fault is at character 12"),
        (b'[{"dag": 1}\n {"dag": 2}]', "FIL-038", "line 2. The fault is at character 2"),
        (b'[{"dag": 1},]', "FIL-038", "character 13"),
        (b'[{"dag": 1}] x', "FIL-038", "character 14"),
        (b'{"dag": 1}\n\n{"dag":', "FIL-038", "line 3"),
        (b'{"dag": 1} {"dag": 2}', "FIL-038", "line 1. The fault is at character 12"),
        ('[{"dag": "å"}]'.encode("latin-1"), "FIL-038", "not UTF-8"),
        (b"[[1]]", "FIL-039", "At /0: It is no object"),
        (b"[[" * 200_000, "FIL-039", "too deep"),
        (b"[]", "FIL-039", "no figures"),
        (b"[{}]", "FIL-039", "no figures"),
        (b"null", "FIL-039", "a single value"),
        (b"\xef\xbb\xbf 12.5\n", "FIL-039", "a single value"),
        ('"closed"'.encode("utf-16"), "FIL-039", "a single value"),
        (b'{"rows": [{"dag": 1}]}', "FIL-039", "At /rows: The array stands under a name"),
        (b'{\r\n "rows": [{"dag": 1}]\r\n}', "FIL-039", "over several lines"),
        (b'{"dag": [1]}', "FIL-040", "At /0/dag"),
        ("\ufeff[]".encode("utf-16-le") + b"\x00\xd8", "FIL-038", "line 1. The text begins as UTF-16"),
        (b"dag;sjukhus", "FIL-003", "its content is csv"),
    ],
)
def test_json_that_is_no_delivery_is_refused_whole_and_says_where(data, code, told):
    reading = read(data, "okt.json", WARDS)
    assert [finding.code for finding in reading.findings] == [code]
    assert told in FINDINGS.read(reading.findings[0], "en").body
    assert not reading.may_be_kept and reading.table is None and not reading.preview.columns


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_json_is_read_in_each_encoding_that_json_may_be_written_in(encoding):
    record = {**WARD, "avdelning": "Åsa"}
    for data, name in ((as_json([record]), "okt.json"), (as_ndjson([record]), "okt.ndjson")):
        reading = read(data.decode().encode(encoding), name, WARDS)
        assert reading.may_be_kept and reading.frame["avdelning"].to_list() == ["Åsa"], name
        numbered = as_json([{**WARD, "avdelning": PERSON}]).decode().encode(encoding)
        assert [one.code for one in read(numbered, name, WARDS).findings] == ["PER-001"]
    assert [one.code for one in read("null".encode(encoding), "okt.csv", WARDS).findings] != ["FIL-003"]


def test_lines_of_json_may_be_called_json_and_a_csv_may_not():
    lines = as_ndjson([WARD])
    assert read(lines, "okt.json", WARDS).preview.file_kind == "ndjson"
    assert read(as_json([WARD]), "okt.jsonl", WARDS).preview.file_kind == "json"
    assert [one.code for one in read(lines, "okt.csv", WARDS).findings] == ["FIL-003"]


def test_a_name_that_some_objects_lack_is_an_empty_cell_of_them():
    reading = read(
        as_json([{**WARD, "avdelning": "A"}, {"belagda": 1, **WARD, "overbelaggningar": 2}]), "a.json", WARDS
    )
    assert reading.frame["overbelaggningar"].to_list() == [None, "2"]
    assert (reading.preview.records, reading.preview.data_rows, reading.preview.header_row) == (2, 2, 1)


def test_numbers_are_digits_and_never_binary_fractions():
    long = "0." + "1" * 25
    text = json.dumps([WARD]).replace("11.5", long)
    assert read(text.encode(), "a.json", WARDS).frame["belagda"].to_list() == [long]
    assert number_text(f"1e{LARGEST_EXPONENT}") == "1" + "0" * LARGEST_EXPONENT
    assert number_text(f"1e{LARGEST_EXPONENT + 1}") == f"1e{LARGEST_EXPONENT + 1}"
    assert number_text("1e99999999999999999999") == "1e99999999999999999999"
    assert [number_text(each) for each in ("-0.0", "-1.50", "2E-3", "0.0")] == ["0", "-1.5", "0.002", "0"]


@pytest.mark.parametrize(
    "data",
    [
        as_json([{**WARD, "avdelning": PERSON}]),
        json.dumps([{**WARD, "avdelning": PERSON}]).replace("8", "\\u0038").encode(),
        as_json([{**WARD, PERSON: 1}]),
        as_ndjson([WARD, {**WARD, "annat": PERSON}]),
        as_json([{**WARD, "annat": {"id": PERSON}}]),
        gzip.compress(as_json([{**WARD, "annat": PERSON}])),
        as_parquet([{**WARD, "annat": PERSON}], [*WARD, "annat"]),
    ],
)
def test_identity_numbers_are_found_wherever_they_stand_and_nothing_else_is_told(data):
    reading = read(data, "okt", WARDS)
    assert [one.code for one in reading.findings] == ["PER-001"] and not reading.may_be_kept
    assert not reading.preview.columns


def test_what_stands_beside_the_content_of_a_packed_file_is_looked_through():
    file = io.BytesIO()
    with gzip.GzipFile(PERSON + ".csv", "wb", fileobj=file) as packed:
        packed.write(as_csv([WARD], list(WARD)))
    named = file.getvalue()
    plain = gzip.compress(as_csv([WARD], list(WARD)))
    extra = plain[:3] + b"\x14" + plain[4:10] + b"\x0b\x00" + PERSON.encode() + b"\x00" + plain[10:]
    commented = plain[:3] + b"\x10" + plain[4:10] + PERSON.encode() + b"\x00" + plain[10:]
    for data in (named, extra, commented):
        assert [one.code for one in read(data, "okt.csv.gz", WARDS).findings] == ["PER-001"]
    assert read(plain, "okt.csv.gz", WARDS).may_be_kept


def test_a_packed_file_is_unpacked_within_bounds_and_must_be_whole():
    plain = as_csv([WARD] * 50, list(WARD))
    packed, unpacked = gzip.compress(plain), []
    assert read(packed, "a.csv.gz", WARDS, unpacked=unpacked.append).may_be_kept and unpacked[0] == len(plain)
    small = Limits(ratio_floor=len(plain) - 1, unpacked_ratio=2)
    for data, limits, code in (
        (packed[:-1], Limits(), "FIL-006"),
        (packed[:12], Limits(), "FIL-006"),
        (packed + b"x", Limits(), "FIL-006"),
        (packed[:-8] + b"\x00" * 8, Limits(), "FIL-006"),
        (packed, small, "FIL-005"),
        (packed, Limits(unpacked_bytes=len(plain) - 1), "FIL-005"),
        (gzip.compress(packed), Limits(), "FIL-004"),
        (gzip.compress(b"%PDF"), Limits(), "FIL-004"),
        (gzip.compress(b""), Limits(), "FIL-001"),
    ):
        reading = read(data, "a.csv.gz", WARDS, limits=limits)
        assert [one.code for one in reading.findings] == [code] and not reading.may_be_kept
    assert read(packed, "a.csv.gz", WARDS, limits=Limits(unpacked_bytes=len(plain))).may_be_kept


def test_the_members_of_a_packed_file_are_one_file():
    """RFC 1952, 2.2: what ``cat a.gz b.gz`` makes; ``bgzip`` ends with an empty one, and ``tar`` with zeros."""
    plain = as_csv([WARD] * 4, list(WARD))
    halves = [gzip.compress(plain[:70]), gzip.compress(plain[70:])]
    whole = read(plain, "a.csv", WARDS).table
    for data in (b"".join(halves), b"".join([*halves, gzip.compress(b"")]), b"".join(halves) + b"\x00" * 512):
        assert read(data, "a.csv.gz", WARDS).table == whole
    days = gzip.compress(as_ndjson([WARD])) + gzip.compress(as_ndjson([{**WARD, "dag": "2026-10-02"}]))
    assert read(days, "a.ndjson.gz", WARDS).preview.data_rows == 2

    second = halves[1][:3] + b"\x10" + halves[1][4:10] + PERSON.encode() + b"\x00" + halves[1][10:]
    few = Limits(unpacked_bytes=len(plain) - 1)
    for data, limits, code in (
        (halves[0] + second, Limits(), "PER-001"),
        (halves[0] + halves[1][:-1], Limits(), "FIL-006"),
        (halves[0] + b"\x00x", Limits(), "FIL-006"),
        (b"".join(halves), few, "FIL-005"),
        (gzip.compress(b"") * (MOST_MEMBERS + 1), Limits(), "FIL-005"),
    ):
        assert [one.code for one in read(data, "a.csv.gz", WARDS, limits=limits).findings] == [code]
    assert read(gzip.compress(plain) + gzip.compress(b"") * (MOST_MEMBERS - 1), "a.csv.gz", WARDS).may_be_kept


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_a_member_is_unpacked_whole_whatever_its_size(size):
    """A piece may be as large as a step of the unpacking."""
    for level in (0, 9):
        content = b"a;b\n" * (size // 4) + b" " * (size % 4)
        assert unpack(gzip.compress(content, level), IdentityScan(), Limits(), lambda _size: None) == content


def test_more_records_names_or_cells_than_a_file_may_have_are_refused():
    records = [{**WARD, "avdelning": f"Avd {at}"} for at in range(4)]
    for limits in (Limits(odd_rows=3), Limits(columns=4), Limits(odd_cells=19)):
        assert [one.code for one in read(as_json(records), "a.json", WARDS, limits=limits).findings] == ["FIL-017"]
    exact = Limits(odd_rows=4, columns=5, odd_cells=20)
    assert read(as_json(records), "a.json", WARDS, limits=exact).may_be_kept
    for limits in (Limits(rows=3), Limits(columns=4), Limits(cells=19)):
        data = as_parquet(records, list(WARD))
        assert [one.code for one in read(data, "a.parquet", WARDS, limits=limits).findings] == ["FIL-017"]
    for length, codes in ((LONGEST_CELL, []), (LONGEST_CELL + 1, ["FIL-023"])):
        data = as_json([{**WARD, "annat": "x" * length}])
        assert [one.code for one in read(data, "a.json", WARDS).findings if FINDINGS.of(one).stops] == codes


def parquet_of(**columns) -> bytes:
    file = io.BytesIO()
    pl.DataFrame({"dag": ["2026-10-01"], "sjukhus": ["n"], "avdelning": ["A"], **columns}).write_parquet(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (pl.Series([Decimal("12.500")]), "12.5"),
        (pl.Series([0.1 + 0.2]), "0.3"),
        (pl.Series([0.1], dtype=pl.Float32), "0.1"),
        (pl.Series([7], dtype=pl.UInt8), "7"),
        (pl.Series([True]), "TRUE"),
        (pl.Series([None]), None),
        (pl.Series(["7"], dtype=pl.Categorical), "7"),
        (pl.Series([date(2026, 10, 1)]), "2026-10-01"),
        (pl.Series([datetime(2026, 10, 1, 6)]), "2026-10-01 06:00:00"),  # noqa: DTZ001  (a column without a zone)
        (pl.Series([datetime(2026, 10, 1, 6, tzinfo=UTC)]), "2026-10-01T06:00:00+00:00"),
    ],
)
def test_each_type_of_a_parquet_column_is_read_as_a_person_writes_it(cells, text):
    reading = read(parquet_of(disponibla=[1], belagda=[1], annat=cells), "a.parquet", WARDS)
    assert reading.preview.first_rows[0][1][-1] == (text or "") and reading.may_be_kept


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (parquet_of(belagda=[[1]]), "FIL-042"),
        (parquet_of(belagda=[{"av": 1}]), "FIL-042"),
        (parquet_of(belagda=[b"1"]), "FIL-042"),
        (parquet_of(belagda=[float("nan")]), "FIL-040"),
        (parquet_of(belagda=[float("inf")]), "FIL-040"),
        (parquet_of(belagda=["\x00"]), "FIL-040"),
        (parquet_of(belagda=pl.Series([2**31 - 1], dtype=pl.Int32).cast(pl.Date)), "FIL-040"),
        (parquet_of(belagda=pl.Series([-(2**31)], dtype=pl.Int32).cast(pl.Date)), "FIL-040"),
        (parquet_of(belagda=[1], BELAGDA=[2]).replace(b"BELAGDA", b"belagda"), "FIL-041"),
        (parquet_of(belagda=[1])[:-1], "FIL-006"),
        (b"PAR1" + b"\xff" * 40 + b"PAR1", "FIL-006"),
        (b"PAR1", "FIL-006"),
    ],
)
def test_parquet_of_other_or_nested_types_or_damaged_is_refused_whole(data, code):
    for reads in (read, caged.read):
        reading = reads(data, "a.parquet", WARDS)
        assert [one.code for one in reading.findings] == [code] and not reading.may_be_kept
    if code in ("FIL-041", "FIL-042"):
        assert "belagda" in FINDINGS.read(reading.findings[0], "sv").body


def test_a_parquet_file_without_rows_is_empty():
    file = io.BytesIO()
    pl.DataFrame({"dag": []}, schema={"dag": pl.String}).write_parquet(file)
    assert [one.code for one in read(file.getvalue(), "a.parquet", WARDS).findings] == ["FIL-001"]


def test_what_programs_write_in_the_footer_of_a_parquet_file_is_looked_through():
    for metadata in ({"author": PERSON}, {"ARROW:schema": base64.b64encode(PERSON.encode()).decode()}):
        file = io.BytesIO()
        pl.DataFrame([WARD]).write_parquet(file, metadata=metadata)
        assert [one.code for one in read(file.getvalue(), "a.parquet", WARDS).findings] == ["PER-001"]


def test_the_cage_reads_each_kind_as_the_reader_does():
    for name, made in ROADS.items():
        data = made([WARD], list(WARD))
        inside, plain = caged.read(data, name, WARDS), read(data, name, WARDS)
        assert (inside.table, inside.findings, inside.preview) == (plain.table, plain.findings, plain.preview)
    assert set(caged.PARQUET_POOL.missing()) <= {"network_namespace", "landlock"}


def test_places_become_pointers_and_names_are_escaped():
    columns = (MappedColumn("A", "a/b~c", None), MappedColumn("B", "Belagda", "belagda"))
    assert pointer(Place(row=5, column="A"), columns) == "/3/a~1b~0c"
    assert pointer(Place(row=2, field="belagda"), columns) == "/0/Belagda"
    assert pointer(Place(row=2), columns) == "/0" and pointer(Place(row=1, column="A"), columns) is None
    assert pointer(Place(), columns) is None


def test_each_reader_has_a_media_type_and_packed_files_their_own():
    assert [media_type_of(b"", reader.kind) for reader in READERS] == [reader.media_types[0] for reader in READERS]
    assert media_type_of(gzip.compress(b""), "csv") == "application/gzip"
    assert media_type_of(b"", "") == "application/octet-stream"
