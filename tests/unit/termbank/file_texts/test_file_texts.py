"""What is written in a file of concepts is found column by column, whatever its format makes of it."""

import io
import zipfile

import pytest

from submission_portal.legal_questions.identity_numbers import identity_numbers_in_file
from termbank.exchange.skos import SKOS
from termbank.file_texts import columns
from termbank.file_texts.columns import TooMuchError, columns_of, has_six_digits

NUMBER = "811218-9876"
TURTLE = f'@prefix s: <{SKOS}> .\n<https://v.example/1> a s:Concept ; s:prefLabel "säng"@sv ; s:notation "{{}}" .'
MARTIF = '<?xml version="1.0"?><martif type="TBX" xml:lang="sv"><text><body><termEntry id="1"><langSet xml:lang="sv">{}</langSet></termEntry></body></text></martif>'


def workbook(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name.replace("__", "/") + ".xml", text)
    return out.getvalue()


PLACES = {
    "a literal": ("a.ttl", TURTLE.format(NUMBER)),
    "an IRI": ("a.ttl", f'<https://v.example/{NUMBER}> a <{SKOS}Concept> .'),
    "a comment in Turtle": ("a.ttl", f"{TURTLE.format('1')} # {NUMBER}"),
    "Turtle that cannot be read": ("a.ttl", f'{TURTLE.format("1")} <a> "{NUMBER}'),
    "N-Triples": ("a.nt", f'<https://v.example/1> <{SKOS}note> "hos {NUMBER}"@sv .'),
    "an element": ("a.rdf", f'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><a>{NUMBER}</a></r:RDF>'),
    "an element in pieces": ("a.tbx", MARTIF.format("<tig><term>811218<hi/>-9876</term></tig>")),
    "an attribute": ("a.tbx", MARTIF.format(f'<tig><term by="{NUMBER}">a</term></tig>')),
    "a comment in XML": ("a.tbx", MARTIF.format(f"<!-- {NUMBER} -->")),
    "XML in another encoding": ("a.tbx", MARTIF.format(f"<note>å {NUMBER}</note>").replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16")),
    "XML that breaks": ("a.tbx", MARTIF.format(f"<tig>{NUMBER}</tag>")),
    "a word that JSON-LD passes over": ("a.jsonld", f'{{"@id": "https://v.example/1", "by": ["{NUMBER}"]}}'),
    "a key": ("a.json", f'{{"{NUMBER}": 1}}'),
    "a number": ("a.json", '{"a": [{"b": 198112189876}]}'),
    "JSON that breaks": ("a.json", f'{{"a": "{NUMBER}"'),
    "a cell": ("a.csv", f"Nyckel;Term (sv)\n1;{NUMBER}\n"),
    "a heading": ("a.csv", f"Nyckel;{NUMBER}\n1;2\n"),
    "a text that no cell shows": ("a.xlsx", workbook(xl__sharedStrings=f"<sst><si><t>{NUMBER}</t></si></sst>")),
    "a comment in a workbook": ("a.xlsx", workbook(xl__comments1=f"<comments><t>811218-</t><t>{NUMBER}</t></comments>")),
    "a property of a workbook": ("a.xlsx", workbook(docProps__core=f"<a><creator>{NUMBER}</creator></a>")),
    "digits of another script": ("a.ttl", TURTLE.format("٨١١٢١٨-٩٨٧٦")),
    "the file's name": (f"{NUMBER}.ttl", TURTLE.format("1")),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_number_is_found_wherever_it_is_written(place):
    name, data = PLACES[place]
    written = data if isinstance(data, bytes) else data.encode()
    finding = identity_numbers_in_file(name, columns_of(written, name))
    assert finding is not None and finding.code == "TXT-002"
    assert NUMBER not in str(finding) and "9876" not in str(finding.params)
    without = written.replace(b"9876", b"9875").replace("٩٨٧٦".encode(), "٩٨٧٥".encode())
    without = without.replace("9876".encode("utf-16-le"), "9875".encode("utf-16-le"))
    if not written.startswith(b"PK"):
        assert identity_numbers_in_file(name.replace("9876", "9875"), columns_of(without, name)) is None


def _column(values: list[str], predicate: str = "notation") -> bytes:
    rows = (f'<https://v.example/{n}> <{SKOS}{predicate}> "{value}" .' for n, value in enumerate(values))
    return "\n".join(rows).encode()


def _drawn(count: int, digits: int) -> list[str]:
    """Numbers with the same look as codes: spread over all there are, and so with birth dates and right check digits by chance."""
    return [str((n * 7_919_000_003 + 1_234_567) % 9 * 10 ** (digits - 1) // 9 + n * 104_729 % 10 ** (digits - 1)).zfill(digits)[:digits] for n in range(count)]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        _column(_drawn(2_000, 10)),
        _column(_drawn(2_000, 12)),
        _column([f"{code}" for code in range(2_208_300_000, 2_208_302_000)]),
        _column([f"2018-04-{day:02}T10:29:03+00:00" for day in range(1, 31)], "changeNote"),
        _column([f"20261{month}{day:02}0600" for month in (0, 1, 2) for day in range(1, 29)], "date"),
        b"\n".join(
            f"<urn:uuid:{n * 2654435761 % 2**32:08x}-1218-4876-9876-{n:012x}> <a:b> <a:c> .".encode()
            for n in range(3_000)
        ),
        _column(["232100-0016", "556036-0793", "202100-5489"], "note"),
    ],
    ids=["ten digits", "twelve digits", "consecutive", "moments", "times", "uuids", "organisations"],
)
def test_codes_and_moments_of_a_vocabulary_are_no_numbers_of_persons(data):
    assert identity_numbers_in_file("a.nt", columns_of(data, "a.nt")) is None


def test_one_person_among_two_thousand_codes_is_found_where_it_is_written_otherwise():
    data = _column(_drawn(2_000, 10)) + f'\n<https://v.example/x> <{SKOS}notation> "{NUMBER}" .'.encode()
    finding = identity_numbers_in_file("a.nt", columns_of(data, "a.nt"))
    assert finding.code == "TXT-002" and finding.params["columns"].sv == "notation" and finding.params["numbers"] == 1


def test_what_may_be_numbers_of_persons_is_asked_about():
    finding = identity_numbers_in_file("a.ttl", {"note": ["ärende 20241001-0812 08:12", "202410010812"]})
    assert finding is None or finding.code == "TXT-003"
    finding = identity_numbers_in_file("uttag 20261102-0815.ttl", {})
    assert finding.code == "TXT-003" and finding.params["columns"].sv == "filens namn"


def test_columns_are_named_as_far_as_they_help():
    found = identity_numbers_in_file("a", {f"p{n}": [NUMBER] for n in range(7)} | {"": [NUMBER]})
    assert found.params["columns"].sv == "p0, p1, p2, p3, p4, …" and found.params["numbers"] == 8


def test_a_workbook_that_unpacks_to_too_much_is_not_searched(monkeypatch):
    monkeypatch.setattr(columns, "MOST_UNPACKED", 1_000)
    with pytest.raises(TooMuchError):
        columns_of(workbook(a="<a>" + "0" * 1_001 + "</a>"), "a.xlsx")
    columns_of(workbook(a="<a>" + "0" * 900 + "</a>"), "a.xlsx")


def test_texts_with_fewer_than_six_digits_are_left_out():
    assert [has_six_digits(text) for text in ("12345", "123456", "1a2b3c4d5e6", "a12345b", "½¼1234", "①②③④⑤⑥")] == [
        False, True, True, False, False, True,
    ]  # fmt: skip
    assert columns_of(b'<a:b> <a:c> "12345", "1-2-3-4-5-6" .', "a.ttl") == {"c": ["1-2-3-4-5-6"]}


def test_a_long_line_that_cannot_be_read_is_searched_in_parts_that_overlap():
    text = "x" * (columns.LONGEST_LINE - 5) + NUMBER + "y" * 3_000
    assert identity_numbers_in_file("a.json", columns_of(f'{{"{text}'.encode(), "a.json")).code == "TXT-002"
