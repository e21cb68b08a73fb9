"""Change sets from the command line: what there is, what is in one, what a check finds, and sending it."""

import json
from dataclasses import replace

import pytest

from registry.db import db, transaction
from registry.items import queries as items
from registry.items.lifecycle import State
from registry.items.tables import ChangeSet, Version
from termbank import services
from termbank.bank.queries import term_banks
from tests.conftest import NOW
from tests.factories.change_sets import begin_in, make_set, revise
from tests.factories.concepts import defined, in_own_words, related
from tests.integration.termbank.test_concept_lifecycle import SLUG


@pytest.fixture
def run(app):
    def invoke(*arguments):
        return app.test_cli_runner().invoke(args=["change-sets", *arguments], env={"LANG": "sv_SE.UTF-8"})

    return invoke


@pytest.fixture
def set_id(terminologist, organisations) -> str:
    """A set with one reworded concept."""
    item = items.item_by_slug(db.session, "concept", SLUG)
    made = make_set(terminologist, organisations["forvaltare"].id)
    version_id = begin_in(terminologist, made, item.id)
    one = term_banks.concept_of(db.session.get_one(Version, version_id))
    revise(
        terminologist,
        version_id,
        in_own_words(one, definitions=defined("patient på en annan avdelning", "patient elsewhere")).as_content(),
    )
    return made


def test_a_set_is_listed_and_shown_to_those_who_may_see_it(run, set_id):
    assert set_id in run("list", "--as", "terminolog").output
    assert set_id not in run("list").output
    shown = json.loads(run("show", set_id, "--as", "terminolog", "--json").output)
    assert [(one["slug"], one["act"]) for one in shown["members"]] == [(SLUG, "publish")]
    assert run("show", set_id).exit_code == 2
    assert SLUG in run("show", set_id, "--as", "terminolog").output


def test_a_sound_set_is_checked_and_sent(run, set_id):
    assert run("check", set_id, "--as", "terminolog").exit_code == 0
    answer = run("submit", set_id, "--as", "terminolog")
    assert answer.exit_code == 0, answer.output
    db.session.expire_all()
    sent = db.session.get_one(ChangeSet, set_id)
    assert sent.state == State.IN_REVIEW
    assert sent.manifest_hash in answer.output
    assert run("submit", set_id, "--as", "terminolog").exit_code == 1


def test_what_keeps_a_set_from_review_is_said_with_its_item(run, set_id, terminologist):
    version = db.session.query(Version).filter(Version.change_set_id == set_id).one()
    one = term_banks.concept_of(version)
    with transaction() as session:
        alone = services.draft_concept(
            session, terminologist, NOW, item=None, concept=replace(one, item="", relations=()),
            organisation_id=version.organisation_id, reason="",
        )  # fmt: skip
        key = alone.item.slug
    version = db.session.query(Version).filter(Version.change_set_id == set_id).one()
    revise(terminologist, version.id, replace(one, relations=related(related=(key,))).as_content())
    answer = run("check", set_id, "--as", "terminolog", "--json")
    assert answer.exit_code == 1
    assert {found["item"] for found in json.loads(answer.output)["findings"] if found["code"] == "TERM-011"} == {SLUG}
    assert "TERM-011" in run("check", set_id, "--as", "terminolog").output
