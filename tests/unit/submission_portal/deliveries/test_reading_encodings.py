"""Encodings, delimiters and quotation marks of text files: found, told, and never guessed where nothing settles them."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.findings import Severity
from submission_portal.deliveries.reading import caged
from submission_portal.deliveries.reading.older_encodings import single_byte
from submission_portal.deliveries.reading.reader import read
from submission_portal.deliveries.reading.sheets import Preview
from tests.factories.delivery_files import HEADINGS, WARDS, csv_lines, ward_csv


def codes(reading, *severities):
    return [finding.code for finding in reading.findings if not severities or finding.severity in severities]


def errors(reading):
    return codes(reading, Severity.ERROR)


def column(reading, name):
    return reading.frame[name].to_list()


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(delimiter):
    row = ["2026-10-01", "Norra sjukhuset", "Avd 1", "12", '"11,5"', "0"]
    reading = read(csv_lines(delimiter.join(HEADINGS), delimiter.join(row)), "okt.csv", WARDS)
    assert reading.preview.delimiter == delimiter
    assert column(reading, "belagda") == ["11.5"]


def test_excels_declared_delimiter_is_obeyed_and_rows_keep_their_numbers():
    reading = read(csv_lines("sep=|", "|".join(HEADINGS), "2026-10-01|Norra sjukhuset|A|1|1|0"), "okt.csv", WARDS)
    assert reading.preview.delimiter == "|"
    assert column(reading, "__row") == [3]


@pytest.mark.parametrize(
    ("encoding", "name", "told"),
    [
        ("utf-8", "utf-8", []),
        ("utf-8-sig", "utf-8-sig", []),
        ("utf-16", "utf-16", []),
        ("utf-16-le", "utf-16-le", []),
        ("utf-16-be", "utf-16-be", []),
        ("cp1252", "windows-1252", ["FIL-015"]),
    ],
)
def test_the_encoding_is_found_and_windows_text_is_told(encoding, name, told):
    reading = read(ward_csv("2026-10-01;Övre sjukhuset;Å 1;12;11,5;0", encoding=encoding), "okt.csv", WARDS)
    assert (reading.preview.encoding, codes(reading)) == (name, told)
    assert column(reading, "sjukhus") == ["Övre sjukhuset"]


def test_bytes_of_no_encoding_are_told_and_not_kept():
    reading = read(ward_csv("2026-10-01;N\x81;A;1;1;0", encoding="latin-1"), "okt.csv", WARDS)
    assert errors(reading) == ["FIL-016"]
    assert not reading.may_be_kept


def test_a_quotation_mark_that_never_closes_does_not_swallow_the_house():
    reading = read(ward_csv('2026-10-01;"N;A;1;1;0', *["2026-10-01;N;A;1;1;0"] * 9000), "okt.csv", WARDS)
    assert (errors(reading), reading.findings[0].places[0].row) == (["FIL-023"], 2)
    assert not reading.may_be_kept
    reading = read(ward_csv("2026-10-01;N;A;1;1;0", '2026-10-02;"N;A;1;1;0', "2026-10-03;N;A;1;1;0"), "okt.csv", WARDS)
    assert (errors(reading), reading.findings[0].places[0].row) == (["FIL-023"], 3)


@pytest.mark.parametrize(
    "row",
    [
        '2026-10-01;"N";"A\r\nvid 5"" skärm";1;1;0',
        '2026-10-01;N;A 5" skärm;1;1;0',
        '2026-10-01;N;"A\r\nB";1;1;0',
    ],
)
def test_quotation_marks_that_do_close_are_no_fault(row):
    reading = read(ward_csv('2026-10-01;N;Avd 5" x;1;1;0', row, "2026-10-02;N;A;1;1;0"), "okt.csv", WARDS)
    assert (errors(reading), reading.frame.height) == ([], 3)


def test_an_inch_mark_does_not_make_up_for_a_quotation_mark_that_never_closes():
    rows = ['2026-10-01;N;Avd 5" x;1;1;0', '2026-10-02;"N;A;1;1;0', "2026-10-03;N;A;1;1;0"]
    assert errors(read(ward_csv(*rows), "okt.csv", WARDS)) == ["FIL-023"]


def test_zero_bytes_far_into_a_text_are_told_and_not_kept():
    reading = read(ward_csv(*["2026-10-01;N;A;1;1;0"] * 5000, "2026-10-01;N;A;1\x00;1;0"), "okt.csv", WARDS)
    assert (errors(reading), reading.may_be_kept) == (["FIL-004"], False)


def test_utf_32_is_told_and_not_kept():
    assert errors(read(ward_csv("2026-10-01;N;A;1;1;0", encoding="utf-32"), "okt.csv", WARDS)) == ["FIL-016"]


def test_single_bytes_that_hide_behind_a_utf_16_mark_are_looked_through():
    for data in (
        b"\xff\xfe" + ward_csv("2026-10-01;N;811218-9876;1;1;0 "),
        b"\xff\xfe " + ward_csv("2026-10-01;N;811218-9876;1;1;0 "),
        "Dag;Sjukhus;Avdelning;A;B;C;D;E;F;GGGGGGG".encode("utf-16-le") + b"811218-9876 ",
    ):
        reading = read(data, "okt.csv", WARDS)
        assert not reading.may_be_kept


def test_what_no_page_can_show_is_shown_with_a_sign():
    reading = read(ward_csv("2026-10-01;N\x01\x1b\x85x;A;1;1;0"), "okt.csv", WARDS)
    assert reading.preview.first_rows[0][1][1] == "N\ufffd\ufffd\ufffdx"


def test_invisible_characters_that_came_along_are_left_out():
    reading = read(ward_csv("2026-10-01;\ufeffNorra\u200b sjukhuset;Av\u00add;1\u200b2;1\u200e;0"), "okt.csv", WARDS)
    assert reading.frame.row(0)[2:] == ("2026-10-01", "Norra sjukhuset", "Avd", "12", "1", "0")


@pytest.mark.parametrize("sign", ["\x00", '"', "\x1f", "\x85"])
def test_no_control_character_and_no_quotation_mark_is_a_delimiter_of_the_senders_own(sign):
    lines = f"sep={sign}\r\n" + sign.join(HEADINGS)
    reading = read(b"\xff\xfe" + lines.encode("utf-16-le"), "okt.csv", WARDS)
    assert reading.preview.delimiter in (";", ",", "\t", "|")


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp437", "cp850"), ("cp850", "cp850"), ("cp865", "cp850"), ("mac-roman", "mac-roman")]
)
@pytest.mark.parametrize(
    "hospital", ["Övre sjukhuset", "Årjängs sjukhem", "Sjukhuset i Växjö", "Läns- och närsjukhuset"]
)
def test_text_of_dos_and_of_older_macintoshes_is_recognised_and_told(encoding, name, hospital):
    reading = read(ward_csv(f"2026-10-01;{hospital};Å 1;12;11,5;0", encoding=encoding), "okt.csv", WARDS)
    assert (reading.preview.encoding, codes(reading)) == (name, ["FIL-036"])
    assert column(reading, "sjukhus") == [hospital] and column(reading, "overbelaggningar") == ["0"]


@given(st.lists(st.text("abdeghiklmnoprstuvåäöÅÄÖé ", min_size=3, max_size=12), min_size=1, max_size=6))
def test_windows_text_is_never_taken_for_an_older_encoding(names):
    rows = [f"2026-10-01;{name};A;1;1;0" for name in names]
    reading = read(ward_csv(*rows, encoding="cp1252"), "okt.csv", WARDS)
    assert reading.preview.encoding == "windows-1252"


ASCII_HEADINGS = "dag;sjukhus;avdelning;disponibla;belagda;overbelaggningar"
WARD_ROWS = (
    "2026-10-01;N;Öron, näsa, hals;1;1;0",
    "2026-10-01;N;Sjöbo;2;2;0",
    "2026-10-01;N;Åre;3;3;0",
    "2026-10-01;N;Ljungby;3;3;0",
)


@pytest.mark.parametrize(("encoding", "label"), [("cp850", "DOS (CP437, CP850, CP865)"), ("mac-roman", "Mac Roman")])
def test_where_no_word_of_the_model_tells_the_encoding_it_is_asked_with_samples(encoding, label):
    data = csv_lines(ASCII_HEADINGS, *WARD_ROWS, encoding=encoding)
    reading = read(data, "okt.csv", WARDS)
    assert [(finding.code, finding.params["encoding"]) for finding in reading.findings] == [("FIL-037", label)]
    looks = {one.encoding: one.cells for one in reading.preview.readings}
    assert looks[encoding] == ("Öron, näsa, hals", "Sjöbo", "Åre")
    assert len(set(looks.values())) == len(looks) >= 2
    for chosen, code in ((encoding, "FIL-036"), ("windows-1252", "FIL-015")):
        if chosen in looks:
            again = read(data, "okt.csv", WARDS, encoding=chosen)
            assert (codes(again), again.preview.readings, again.preview.encoding) == ([code], (), chosen)
            assert tuple(dict.fromkeys(column(again, "avdelning")))[:3] == looks[chosen]


@pytest.mark.parametrize("encoding", ["cp850", "mac-roman", "cp1252"])
def test_a_word_that_the_model_knows_settles_the_encoding(encoding):
    reading = read(ward_csv(*WARD_ROWS, encoding=encoding), "okt.csv", WARDS)
    assert codes(reading) == ["FIL-015" if encoding == "cp1252" else "FIL-036"]
    assert column(reading, "avdelning")[0] == "Öron, näsa, hals"


def test_a_single_letter_is_asked_about_too_and_windows_text_is_not():
    one = csv_lines(ASCII_HEADINGS, "2026-10-01;N;Sjöbo;2;2;0", encoding="cp850")
    assert codes(read(one, "okt.csv", WARDS)) == ["FIL-037"]
    assert codes(read(csv_lines(ASCII_HEADINGS, *WARD_ROWS, encoding="cp1252"), "okt.csv", WARDS)) == ["FIL-015"]
    assert codes(read(csv_lines(ASCII_HEADINGS, *WARD_ROWS), "okt.csv", WARDS, encoding="cp850")) == [], (
        "UTF-8 is certain"
    )


def test_the_choice_reaches_the_cage_and_the_samples_come_back():
    data = csv_lines(ASCII_HEADINGS, *WARD_ROWS, encoding="cp850")
    asked = caged.read(data, "okt.csv", WARDS)
    assert asked.preview == read(data, "okt.csv", WARDS).preview and asked.preview.readings
    assert Preview.from_dict(asked.preview.as_dict()) == asked.preview
    assert caged.read(data, "okt.csv", WARDS, encoding="cp850").preview.encoding == "cp850"


def test_a_text_that_stops_being_utf_8_is_refused_at_that_line():
    lines = ward_csv("2026-10-01;Norra;A;20;18;0", "2026-10-02;Norra;B;20;18;0")
    (told,) = read(codecs.BOM_UTF8 + lines + "2026-10-03;Östra;A;1;1;0\n".encode("cp1252"), "okt.csv", WARDS).findings
    assert (told.code, [place.row for place in told.places]) == ("FIL-016", [4])
    (told,) = read(codecs.BOM_UTF32_LE + lines, "okt.csv", WARDS).findings
    assert (told.code, told.places) == ("FIL-016", ())


@pytest.mark.parametrize(("before", "encoding"), [(199_999, "cp850"), (200_000, "windows-1252")])
def test_the_beginning_of_a_long_text_settles_its_encoding(before, encoding):
    assert single_byte(b"a" * before + "ödra".encode("cp850"), lambda _text: 0).encoding == encoding
