"""The same rows are read the same, whatever encoding, delimiter or file type they come in, and nothing makes it raise."""

import re
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.finding_catalogue import Catalogue
from submission_portal.deliveries.assessment.cells import as_written
from submission_portal.deliveries.finding_texts.all import TEXTS
from submission_portal.deliveries.reading import written_forms
from submission_portal.deliveries.reading.reader import read
from tests.factories.delivery_files import HEADINGS, WARDS, plain_workbook, workbook

ROWS = st.lists(
    st.tuples(
        st.dates(min_value=date(1990, 1, 1), max_value=date(2050, 1, 1)),
        st.sampled_from(["Norra sjukhuset", "Östra; sjukhuset", 'Södra "Lilla"', "Å,Ä"]),
        st.sampled_from(["Avd 1", "IVA", "Överkänslig"]),
        st.integers(0, 99_999),
        st.decimals(0, 9999, places=1),
        st.integers(0, 40),
    ),
    min_size=1,
    max_size=20,
)


def cells(row):
    return [row[0].isoformat(), row[1], row[2], str(row[3]), f"{row[4]:.1f}".replace(".", ","), str(row[5])]


@settings(max_examples=60, deadline=None)
@given(ROWS, st.sampled_from([";", "\t", ",", "|"]), st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))
def test_text_files_of_every_sort_give_the_same_frame(rows, delimiter, encoding):
    import csv
    import io

    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(HEADINGS)
    writer.writerows(cells(row) for row in rows)
    frame = read(text.getvalue().encode(encoding), "okt.csv", WARDS).frame
    names = [column.name for column in WARDS.columns]
    assert frame.select(names).rows() == [
        (row[0].isoformat(), row[1], row[2], str(row[3]), f"{row[4]:.1f}", str(row[5])) for row in rows
    ]
    assert list(zip(*(as_written(frame, name) for name in names), strict=True)) == [tuple(cells(row)) for row in rows]


@settings(max_examples=20, deadline=None)
@given(ROWS)
def test_a_workbook_gives_the_frame_of_the_text_file(rows):
    data = plain_workbook(
        [HEADINGS, *([row[0].isoformat(), row[1], row[2], row[3], float(row[4]), row[5]] for row in rows)]
    )
    frame = read(data, "okt.xlsx", WARDS).frame
    assert [tuple(map(float, row)) for row in frame.select("disponibla", "belagda", "overbelaggningar").rows()] == [
        (float(row[3]), float(row[4]), float(row[5])) for row in rows
    ]
    assert frame["sjukhus"].to_list() == [row[1] for row in rows]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "a", "å.CSV"]))
def test_no_bytes_make_the_reading_raise(data, name):
    assert read(data, name, WARDS).findings or True


BOOK = workbook(lambda book: None)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(BOOK) - 1), st.binary(min_size=1, max_size=8))
def test_no_damage_to_a_workbook_makes_the_reading_raise(at, junk):
    read(BOOK[:at] + junk + BOOK[at + len(junk) :], "a.xlsx", WARDS)


@given(st.text(max_size=30))
def test_no_text_makes_a_written_form_raise(text):
    for form in (written_forms.number, written_forms.integer, written_forms.day, written_forms.period):
        form(text)
    written_forms.day_of_serial(text)


@given(st.integers(-(10**9), 10**9), st.integers(0, 99))
def test_a_number_written_in_swedish_is_read_back(whole, hundredths):
    grouped = f"{abs(whole):,}".replace(",", "\u00a0")
    sign = "−" if whole < 0 else ""
    assert (
        written_forms.number(f"{sign}{grouped},{hundredths:02d}")
        == f"{'-' if whole < 0 else ''}{abs(whole)}.{hundredths:02d}"
    )


def test_every_finding_text_can_be_read_in_both_languages():
    from registry.findings import Finding, Severity

    catalogue = Catalogue(TEXTS)
    every = dict.fromkeys(re.findall(r"\{(\w+)\}", repr(TEXTS)), 1)
    for text in TEXTS:
        for language in ("sv", "en"):
            readable = catalogue.read(Finding(text.code, Severity.INFO, every), language)
            assert readable.title and readable.body and readable.mend
