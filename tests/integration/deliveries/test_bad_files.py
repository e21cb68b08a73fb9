"""Every bad file has a clear answer in both languages, on a page without a fault; nothing is lost, and nothing kept that
must not be."""

import io
from pathlib import Path

import pytest

from registry.db import db
from registry.storage import StoredObject
from submission_portal.deliveries.tables import Delivery
from tests.factories.bad_files import KEPT, NOT_KEPT, book, text
from tests.pages import read
from tests.traces import search

WORDS = {"sv": "Filen sparades inte", "en": "The file was not kept"}


@pytest.fixture
def officer(world, signed_in):
    return signed_in(world.officer)


def upload(client, world, name, data):
    return client.post(f"/leveranser/ny/{world.flow.slug}/", data={"file": (io.BytesIO(data), name)})


@pytest.mark.parametrize("what", NOT_KEPT)
def test_what_cannot_be_read_is_told_and_not_kept(app, world, officer, what):
    name, data, code = NOT_KEPT[what]
    for language, words in WORDS.items():
        officer.set_cookie("language", language)
        page = read(upload(officer, world, name, data), 422)
        assert code in page.text and words in page.text
    assert db.session.query(Delivery).count() == db.session.query(StoredObject).count() == 0


@pytest.mark.parametrize("what", KEPT)
def test_what_can_be_read_is_shown_with_what_is_wrong(app, world, officer, what):
    name, data, code = KEPT[what]
    answer = upload(officer, world, name, data)
    assert answer.status_code == 302, answer.text
    address = answer.headers["Location"]
    for language in ("sv", "en"):
        officer.set_cookie("language", language)
        page = read(officer.get(address))
        assert code is None or code in page.text
    found = world.delivery(address.rstrip("/").rpartition("/")[2])
    assert officer.get(f"{address}original").data == data
    errors = [one.code for one in found.assessment.findings if one.severity in ("error", "question")]
    assert errors == [] or code in errors


def persons(*rows):
    return text(*rows, head="Dag;Sjukhus;Fastställda vårdplatser;X;Y")


SCIENTIFIC = persons("2026-03-01;Kalix sjukhus;59;1,98112189876E+11;")
UNDER_HEADINGS = text(
    "2026-03-01;Kalix sjukhus;59;19811218;9876", head="Dag;Sjukhus;Fastställda vårdplatser;Född;Sista fyra"
)
IN_ROWS = persons(
    *(
        f"2026-03-01;Kalix sjukhus;{number};{born};{last}"
        for number, (born, last) in enumerate(
            [
                ("19811218", "9876"),
                ("19811219", "9875"),
                ("19811220", "9872"),
                ("19811221", "9871"),
                ("19811222", "9870"),
            ]
        )
    )
)


def _with_persons(sheet):
    for number, (born, last) in enumerate([("Född", "Sista fyra"), (19811218, 9876)], start=1):
        sheet.cell(number, 4, born)
        sheet.cell(number, 5, last)


@pytest.mark.parametrize(
    ("name", "data", "where"),
    [
        ("a.csv", SCIENTIFIC, "D2"),
        ("a.csv", SCIENTIFIC.replace(b",98112189876E+11", b".98112189876e11"), "D2"),
        ("a.csv", SCIENTIFIC.decode().encode("utf-16"), "D2"),
        ("a.csv", UNDER_HEADINGS, "D2"),
        ("a.csv", IN_ROWS, "D6"),
        ("a.xlsx", book(_with_persons), "D2"),
    ],
)
def test_nothing_of_a_file_with_identity_numbers_is_anywhere_in_the_instance(
    app, world, officer, name, data, where, capfd
):
    answer = upload(officer, world, name, data)
    page = read(answer, 422)
    assert "PER-001" in page.text and where in page.text
    traces = [form for word in ("19811218", "98112189876") for form in (word.encode(), word.encode("utf-16-le"))]
    assert not any(trace.decode("latin-1") in answer.text for trace in traces), "said where, never what"
    db.session.commit()
    instance = Path(app.config["INSTANCE"])
    searched, found = search(instance, traces)
    assert any(file.endswith("-wal") for file in searched) and not (instance / "objects").exists()
    assert found == [] and search(instance, [b"Norrbotten"])[1], "what is there would have been found"
    logged = capfd.readouterr()
    assert not any(trace.decode("latin-1") in logged.out + logged.err for trace in traces)
    assert db.session.query(StoredObject).count() == 0
