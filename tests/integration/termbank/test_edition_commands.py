"""`termbank import FILE --as edition`: a dry run that keeps nothing, and a draft with --apply."""

import json

import pytest

from registry.db import db
from registry.items.tables import Item, Version
from termbank.editions.tables import ROWS, EditionFile
from tests.factories.vocabularies import BROKEN, FURNITURE, NEWER_FURNITURE

pytestmark = pytest.mark.usefixtures("terminologist")
SAID = ("--source", "Exempelverket", "--date", "2026-03-01", "--licence", "CC0")


@pytest.fixture
def run(app, tmp_path):
    def invoke(data, *arguments, name="a.ttl"):
        file = tmp_path / name
        file.write_bytes(data)
        db.session.rollback()
        command = ["termbank", "import", str(file), "--as", "edition", *arguments]
        return app.test_cli_runner().invoke(args=command)

    return invoke


def kept() -> tuple[int, int, int]:
    db.session.rollback()
    editions = db.session.query(Version).join(Item).filter(Item.kind == "edition").count()
    return editions, db.session.query(EditionFile).count(), sum(db.session.query(table).count() for table in ROWS)


def test_a_dry_run_says_what_there_is_and_keeps_nothing(run):
    answer = run(FURNITURE)
    assert answer.exit_code == 0 and "3 concepts, 2 collections, 38 triples" in answer.output
    assert "Nothing is written" in answer.output and kept() == (0, 0, 0)


def test_with_apply_a_draft_is_made_that_says_what_the_command_and_the_file_say(run):
    answer = run(FURNITURE, "--apply", "--by", "terminolog", *SAID, "--json")
    version = db.session.get_one(Version, json.loads(answer.output)["draft"])
    assert version.content["title"] == [{"language": "sv", "text": "Möbler (påhittade)"}]
    assert [version.content[one] for one in ("source", "date", "licence")] == ["Exempelverket", "2026-03-01", "CC0"]
    assert version.state == "draft" and kept()[0] == 1 and kept()[2] > 0


def test_a_newer_edition_is_compared_and_takes_over_what_is_not_said(run, publish_edition):
    publish_edition()
    told = json.loads(run(NEWER_FURNITURE, "--of", "mobler-pahittade", "--json").output)
    assert told["differences"] == {"new": 1, "changed": 1, "gone": 1} and told["draft"] is None
    answer = run(NEWER_FURNITURE, "--of", "mobler-pahittade", "--apply", "--by", "terminolog", "--json")
    version = db.session.get_one(Version, json.loads(answer.output)["draft"])
    assert (version.number, version.content["date"], version.content["licence"]) == (2, "2026-09-01", "CC0")


@pytest.mark.parametrize("options", [(), ("--apply", "--by", "terminolog")])
def test_half_an_edition_leaves_nothing(run, options):
    answer = run(BROKEN, *options)
    assert answer.exit_code == 1 and "VOC-102" in answer.output and "line 14" in answer.output
    assert kept() == (0, 0, 0)
    assert json.loads(run(BROKEN, *options, "--json").output)["unreadable"]["code"] == "VOC-102"


def test_what_is_missing_is_told_and_the_draft_is_kept(run):
    answer = run(FURNITURE.replace(b"dct:license", b"x:licence"), "--apply", "--by", "terminolog")
    assert answer.exit_code == 0 and "EDITION-004" in answer.output and kept()[0] == 1


def test_a_command_that_lacks_something_says_what(run, data_officer):
    assert "--by" in run(FURNITURE, "--apply").output
    assert run(FURNITURE, "--of", "nowhere").exit_code == 2
    assert run(FURNITURE, "--apply", "--by", "uppgiftslamnare", *SAID).exit_code == 2
    assert kept() == (0, 0, 0)


@pytest.fixture
def publish_edition(run):
    from registry.db import transaction
    from registry.items.lifecycle import Change
    from registry.items.starter import publish_loaded
    from tests.conftest import NOW

    def publish():
        version_id = json.loads(run(FURNITURE, "--apply", "--by", "terminolog", *SAID, "--json").output)["draft"]
        db.session.rollback()
        with transaction() as session:
            publish_loaded(session, NOW, session.get_one(Version, version_id), change=Change.NEW, valid_from=None)

    return publish
