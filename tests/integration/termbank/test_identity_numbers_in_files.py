"""A file of concepts is searched for identity numbers before anything of it is kept: on the web and by command."""

import io
from pathlib import Path

import pytest

from registry.cage.pool import Died, Reason
from registry.db import db
from registry.errors import Refused
from registry.events import Event
from registry.storage import StoredObject
from termbank.editions.tables import EditionFile
from termbank.file_texts import searching
from termbank.imports.tables import ConceptImport
from tests.pages import read

SKOS = "http://www.w3.org/2004/02/skos/core#"
IMPORT, EDITION = "/termbank/system/vardplatser/las-in", "/termbank/utgavor/ny"
CONCEPT = f'<https://v.example/1> a <{SKOS}Concept> ; <{SKOS}prefLabel> "säng"@sv ; <{SKOS}note> "hos {{}}"@sv .'
CERTAIN, INNOCENT = CONCEPT.format("811218-9876"), CONCEPT.format("232100-0016")
TICK = "//input[@name='looked']"


def send(who, address: str, text: str, name: str = "a.ttl", **fields):
    data = {"file": (io.BytesIO(text.encode()), name), **fields}
    return who.post(address, data=data, content_type="multipart/form-data")


def kept() -> tuple[int, int, int]:
    db.session.rollback()
    return tuple(db.session.query(table).count() for table in (StoredObject, ConceptImport, EditionFile))


def events(kind: str) -> list[Event]:
    db.session.rollback()
    return db.session.query(Event).filter(Event.type == kind).all()


@pytest.mark.parametrize("address", [IMPORT, EDITION])
def test_a_file_with_numbers_of_persons_is_refused_and_nothing_of_it_is_kept(address, signed_in, terminologist):
    before, author = kept(), signed_in(terminologist)
    page = read(send(author, address, CERTAIN), 422)
    assert "Filen har nummer på personer" in page.text and "personnummer 1" in page.text and "note" in page.text
    assert "9876" not in page.text and not page.find(TICK)
    assert kept() == before
    (event,) = events("VocabularyFileRefused")
    assert event.person_id == terminologist.person_id and event.data == {
        "numbers": 1,
        "file_size": len(CERTAIN.encode()),
    }
    assert "Filen har nummer på personer" in read(send(author, address, CERTAIN, looked="y"), 422).text
    assert kept() == before
    assert send(author, address, INNOCENT).status_code == 302
    assert kept() != before


@pytest.mark.parametrize("address", [IMPORT, EDITION])
def test_what_may_be_numbers_is_asked_about_and_kept_with_the_answer(address, signed_in, terminologist):
    before, author = kept(), signed_in(terminologist)
    assert not read(author.get(address)).find(TICK)
    page = read(send(author, address, INNOCENT, "uttag 20261102-0815.ttl"), 422)
    assert "Är det här nummer på personer? Olika nummer" in page.text and "filens namn" in page.text and page.find(TICK)
    assert kept() == before and not events("VocabularyFileRefused")
    assert send(author, address, INNOCENT, "uttag 20261102-0815.ttl", looked="y").status_code == 302
    assert kept() != before
    (event,) = events("NumbersInVocabularyExplained")
    assert event.data["numbers"] == 1 and event.person_id == terminologist.person_id


def test_the_command_refuses_and_asks_alike(app, tmp_path: Path, terminologist):
    before = kept()

    def run(text: str, name: str, *more: str):
        (tmp_path / name).write_text(text)
        return app.test_cli_runner().invoke(args=["termbank", "import", str(tmp_path / name), *more])

    for kind in (("--scheme", "vardplatser"), ("--as", "edition")):
        result = run(CERTAIN, "a.ttl", *kind)
        assert result.exit_code == 1 and "TXT-002" in result.output and "9876" not in result.output
        result = run(INNOCENT, "uttag 20261102-0815.ttl", *kind)
        assert result.exit_code == 1 and "TXT-003" in result.output and "--no-identity-numbers" in result.output
        assert run(INNOCENT, "uttag 20261102-0815.ttl", "--no-identity-numbers", *kind).exit_code == 0
    assert kept() == before


def test_a_file_that_cannot_be_searched_is_not_kept(app, monkeypatch):
    class Broken:
        def run(self, *_arguments):
            raise Died(Reason.MEMORY)

    with app.app_context(), pytest.raises(Refused) as refused:
        searching.search(b"a", "a.ttl", pool=Broken())
    assert refused.value.finding.code == "VOC-107"
