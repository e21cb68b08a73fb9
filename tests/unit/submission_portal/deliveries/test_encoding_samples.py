"""What a sender is shown of a text whose encoding only they can tell: headings and cells, in each encoding it may be in."""

from submission_portal.deliveries.reading.encoding_samples import readings_of
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written
from submission_portal.deliveries.reading.file_case import FileCase
from submission_portal.deliveries.reading.limits import Limits, Way, no_progress

EXPECTED = Expected(
    (
        ExpectedColumn("dag", ("Dag",), written=Written.DAY),
        ExpectedColumn("ort", ("Ort",)),
        ExpectedColumn("antal", ("Antal",), written=Written.INTEGER, is_value=True),
    )
)
ALL = ("windows-1252", "cp850", "mac-roman")


def shown(*lines, encoding="cp850", expected=EXPECTED):
    data = "".join(f"{line}\r\n" for line in lines).encode(encoding)
    case = FileCase(data, "a.csv", expected, None, Way(Limits(), no_progress, lambda _size: None))
    return {one.encoding: (one.headings, one.cells) for one in readings_of(case)}


def test_the_same_cells_are_shown_in_every_encoding():
    found = shown("Dag;Ort;Antal;Övrigt", "2026-10-01;Örebro;1;x", "2026-10-01;Umeå;1;x")
    assert tuple(found) == ALL
    assert found["cp850"] == (("Övrigt",), ("Örebro", "Umeå"))
    assert found["windows-1252"] == (("™vrigt",), ("™rebro", "Ume†"))
    assert found["mac-roman"] == (("ôvrigt",), ("ôrebro", "UmeÜ"))


def test_only_the_first_different_cells_beyond_ascii_are_shown():
    towns = ["Örebro", "Örebro", "Lund", "Umeå", "Växjö", "Malmö"]
    found = shown("Dag;Ort;Antal", *(f"2026-10-01;{town};1" for town in towns))
    assert found["cp850"] == ((), ("Örebro", "Umeå", "Växjö"))


def test_six_headings_are_shown_at_most():
    more = ["Åa", "Åb", "Åc", "Åd", "Åe", "Åf", "Åg"]
    assert shown(";".join(["Dag", "Ort", "Antal", *more]), "2026-10-01;x;1" + ";" * 7)["cp850"][0] == tuple(more[:6])


def test_titles_above_the_header_are_no_headings():
    found = shown("Årets tal", "Dag;Ort;Antal;Övrigt", "2026-10-01;Örebro;1;x")
    assert found["cp850"] == (("Övrigt",), ("Örebro",))


def test_a_file_without_a_header_has_cells_from_its_first_row_on():
    found = shown("Ärende;Ålder", "Örebro;1")
    assert found["cp850"] == ((), ("Ärende", "Ålder", "Örebro"))


def test_rows_far_down_are_not_looked_at():
    lines = [*["2026-10-01;Lund;1;"] * 19_999, "2026-10-02;Umeå;1;", "2026-10-03;Örebro;1;"]
    assert shown("Dag;Ort;Antal;Övrigt", *lines)["cp850"] == (("Övrigt",), ("Umeå",))


def test_a_long_cell_is_shortened():
    [cell] = shown("Dag;Ort;Antal", "2026-10-01;" + "bå" * 50 + ";1")["cp850"][1]
    assert cell == "bå" * 39 + "b…"
