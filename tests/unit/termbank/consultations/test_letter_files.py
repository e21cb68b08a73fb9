"""Letters are kept where they are what their names say, and nothing in them runs."""

import io
import zipfile
import zlib

import pytest

from termbank.consultations import letter_files
from termbank.consultations.letter_files import LARGEST, looked_into

TYPES = {"[Content_Types].xml": b"<Types/>"}
WORDS = b"<w:document><w:p><w:t>Vi tillstyrker &amp; tackar</w:t></w:p><w:p><w:t>19121212-1212</w:t></w:p></w:document>"
TEMPLATE = b'<Relationship Type="x/attachedTemplate" Target="%s" TargetMode="External"/>'


def package(parts) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return kept.getvalue()


def with_parts(parts) -> bytes:
    return package({**TYPES, "word/document.xml": WORDS, **parts})


def code(name, data) -> str:
    fault = looked_into(name, data).fault
    return fault.code if fault else ""


def packed_in_pdf(objects: bytes) -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj<</Type/ObjStm/Filter/FlateDecode>>stream\n" + zlib.compress(objects) + b"\nendstream endobj"
    )


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("svar.pdf", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj"),
        ("SVAR.PDF", b"%PDF-1.4 /Jschema /Launching"),
        ("svar.pdf", packed_in_pdf(b"<</Type/Page>>")),
        ("svar.docx", with_parts({})),
        ("svar.docx", with_parts({"word/_rels/settings.xml.rels": TEMPLATE % b"file:///C:/Normal.dotm"})),
        ("svar.odt", package({"META-INF/manifest.xml": b"", "content.xml": b"<text:p>Hej</text:p>"})),
        ("svar.txt", "Vi tillstyrker".encode("cp1252")),
        ("svar.png", b"\x89PNG\r\n\x1a\n..."), ("svar.jpg", b"\xff\xd8\xff\xe0"), ("svar.tif", b"II*\0"), ("svar.tiff", b"MM\0*"),
    ],
)  # fmt: skip
def test_a_letter_that_is_what_it_says_is_kept(name, data):
    assert code(name, data) == ""


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("svar.exe", b"MZ", "CONS-015"), ("svar", b"%PDF-", "CONS-015"), ("svar.docm", with_parts({}), "CONS-015"), ("svar.doc", b"\xd0\xcf\x11\xe0", "CONS-015"),
        ("svar.pdf", b"%PDF-" + b" " * (LARGEST - 4), "CONS-016"),
        ("svar.pdf", b"", "CONS-019"), ("svar.docx", with_parts({})[:-30], "CONS-019"), ("svar.pdf", b"%PDF-1.7 /Encrypt 3 0 R", "CONS-019"),
        ("svar.pdf", b"MZ", "CONS-018"), ("svar.docx", b"MZ", "CONS-018"), ("svar.docx", package({"a.txt": b"a"}), "CONS-018"),
        ("svar.odt", with_parts({}), "CONS-018"), ("svar.txt", b"a\0b", "CONS-018"), ("svar.png", b"\xff\xd8\xff", "CONS-018"),
        ("svar.docx", with_parts({"word/vbaProject.bin": b"x"}), "CONS-017"),
        ("svar.docx", with_parts({"word/activeX/activeX1.xml": b"x"}), "CONS-017"),
        ("svar.docx", with_parts({"word/embeddings/oleObject1.dat": b"x"}), "CONS-017"),
        ("svar.docx", with_parts({"word/_rels/settings.xml.rels": TEMPLATE % b"https://x.example/a.dotm"}), "CONS-017"),
        ("svar.odt", package({"META-INF/manifest.xml": b"", "content.xml": b"", "Basic/Standard/Module1.xml": b"x"}), "CONS-017"),
        ("svar.pdf", b"%PDF-1.7 <</S/JavaScript/JS(app.alert(1))>>", "CONS-017"),
        ("svar.pdf", b"%PDF-1.7 <</S/J#61vaScript>>", "CONS-017"),
        ("svar.pdf", b"%PDF-1.7 <</S/Launch/F(cmd.exe)>>", "CONS-017"),
        ("svar.pdf", packed_in_pdf(b"<</S/JavaScript>>"), "CONS-017"),
    ],
)  # fmt: skip
def test_a_letter_that_is_not_says_why(name, data, expected):
    assert code(name, data) == expected


def test_exactly_the_largest_is_taken():
    assert code("svar.pdf", b"%PDF-" + b" " * (LARGEST - 5)) == ""


def test_what_is_written_in_a_letter_is_given_for_reading():
    assert looked_into("svar.docx", with_parts({"word/footer1.xml": b"<w:t>fot</w:t>", "word/media/a.xml": b"<a>bild</a>"})).text.split("\n") == [
        "Vi tillstyrker & tackar", "19121212-1212", "", "fot",
    ]  # fmt: skip
    assert looked_into("svar.txt", "\ufeffå".encode()).text == "å"
    assert looked_into("svar.pdf", b"%PDF-1.7 19121212-1212").text == ""


def test_what_unpacks_to_too_much_is_refused_unread(monkeypatch):
    monkeypatch.setattr(letter_files, "LARGEST_PART", len(WORDS))
    assert code("svar.docx", with_parts({})) == ""
    assert code("svar.docx", with_parts({"word/header1.xml": WORDS + b" "})) == "CONS-019"
    monkeypatch.setattr(letter_files, "LARGEST_TEXT", 2 * len(WORDS) - 1)
    assert code("svar.docx", with_parts({"word/header1.xml": WORDS})) == "CONS-019"
    monkeypatch.setattr(letter_files, "MOST_PARTS", 2)
    assert code("svar.docx", with_parts({"a": b""})) == "CONS-019"
