"""Concepts that name each other are published together: each alone is refused, and the set is checked as a whole."""

from dataclasses import replace
from datetime import date

import pytest

from registry.db import db, transaction
from registry.errors import Invalid, Refused
from registry.findings import Text
from registry.items import queries as items
from registry.items import services as lifecycle
from registry.items.change_sets import deciding, examining, rebasing
from registry.items.lifecycle import Change, Outcome, State
from registry.items.merging import Side
from registry.items.tables import ChangeSet, Version
from termbank import services
from termbank.bank.queries import term_banks
from termbank.concepts.concept import Term
from termbank.notions import TermStatus
from tests.by_hand import by_hand
from tests.conftest import NOW
from tests.factories.change_sets import (
    begin_in,
    decide_set,
    make_set,
    publish_set,
    put_in,
    rebase,
    revise,
    states_in,
    submit_set,
)
from tests.factories.concepts import concept, defined, in_own_words
from tests.integration.termbank.test_concept_lifecycle import SLUG, decide, submit

NEARBY = "faststalld-vardplats"


@pytest.fixture
def owner(organisations):
    return organisations["forvaltare"].id


@pytest.fixture
def new(terminologist, owner):
    """A function that drafts a new concept and gives its version's id."""

    def draft(*given, **parts):
        with transaction() as session:
            return services.draft_concept(
                session, terminologist, NOW, item=None, concept=concept(*given, **parts), organisation_id=owner, reason=""
            ).id  # fmt: skip

    return draft


def test_two_new_concepts_that_name_each_other_are_published_together(new, terminologist, colleague, owner):
    part = new("skåpdel", "cabinet part", definition="del av ett skåp", related=(NEARBY,))
    part_slug = db.session.get_one(Version, part).item.slug
    shelf = new("hylla", "shelf", definition="skåpdel som är vågrät", broader=(part_slug,))
    with pytest.raises(Invalid) as alone:
        submit(terminologist, shelf, Change.NEW)
    [unpublished] = [finding for finding in alone.value.findings if finding.code == "TERM-011"]
    assert unpublished.params["slug"] == Text(f"skåpdel ({part_slug})", f"cabinet part ({part_slug})")
    set_id = make_set(terminologist, owner, "Skåp")
    for one in (shelf, part):
        put_in(terminologist, set_id, one)
    submit_set(terminologist, set_id)
    decide_set(colleague, set_id)
    publish_set(colleague, set_id)
    assert states_in(set_id) == ["published"] * 3
    bank = term_banks.term_bank(db.session, on=date(2027, 1, 1))
    assert bank.narrower[part_slug] == (db.session.get_one(Version, shelf).item.slug,)


def test_a_draft_of_another_organisation_is_named_by_its_key_alone(new, terminologist, owner, organisations):
    part = new("skåpdel", "cabinet part", definition="del av ett skåp")
    shelf = new("hylla", "shelf", definition="skåpdel", broader=(db.session.get_one(Version, part).item.slug,))
    with by_hand() as session:
        session.get_one(Version, part).organisation_id = organisations["25"].id
    with pytest.raises(Invalid) as alone:
        submit(terminologist, shelf, Change.NEW)
    [unpublished] = [finding for finding in alone.value.findings if finding.code == "TERM-011"]
    assert unpublished.params["slug"] == db.session.get_one(Version, part).item.slug


def test_a_concept_that_is_also_related_to_the_one_above_it_stops_the_set(new, terminologist, owner):
    part = new("skåpdel", "cabinet part", definition="del av ett skåp", related=(NEARBY,))
    slug = db.session.get_one(Version, part).item.slug
    shelf = new("hylla", "shelf", definition="skåpdel som är vågrät", broader=(slug,), related=(slug,))
    set_id = make_set(terminologist, owner, "Skåp")
    for one in (shelf, part):
        put_in(terminologist, set_id, one)
    with pytest.raises(Invalid) as refused:
        submit_set(terminologist, set_id)
    assert "SKOS-S27" in {finding.code for finding in refused.value.findings}
    assert states_in(set_id) == ["draft"] * 3


def test_a_comma_passes_a_set_that_is_being_worked_on(terminologist, colleague, owner):
    """A set holds version 3 of a concept, begun from 2; a comma is published alone as version 4; the set gets version 5."""
    item = items.item_by_slug(db.session, "concept", SLUG)
    published = term_banks.concept_of(items.current(db.session, item))
    _published_alone(terminologist, colleague, item, in_own_words(published, definitions=DEFINITION))
    set_id = make_set(terminologist, owner, "Utlokalisering")
    mine = begin_in(terminologist, set_id, item.id)
    begun = term_banks.concept_of(db.session.get_one(Version, mine))
    wider = replace(
        begun, definitions=defined("patient som vårdas på en annan enhet", "patient who is in another unit")
    )
    revise(terminologist, mine, wider.as_content())
    comma = defined("patient, som vårdas på en annan avdelning", "patient, who is in another ward")
    theirs = _published_alone(terminologist, colleague, item, in_own_words(begun, definitions=comma), date(2027, 2, 1))
    with pytest.raises(Invalid, match="SET-011"):
        submit_set(terminologist, set_id)
    three = rebasing.three_ways(db.session, db.session.get_one(Version, mine))
    assert [one.number for one in (three.base, three.mine, three.theirs)] == [2, 3, 4]
    assert three.merge.conflicts == ()
    moved = db.session.get_one(Version, rebase(terminologist, mine))
    assert (moved.number, moved.base_hash) == (5, db.session.get_one(Version, theirs).content_hash)
    assert term_banks.concept_of(moved).definition == Text(
        "patient, som vårdas på en annan enhet", "patient, who is in another unit"
    )
    assert items.version_for(db.session, terminologist, mine).number == 3
    submit_set(terminologist, set_id)
    assert states_in(set_id) == ["in_review"] * 2


def test_where_both_rewrote_the_same_words_a_person_chooses(terminologist, colleague, owner):
    item = items.item_by_slug(db.session, "concept", SLUG)
    published = term_banks.concept_of(items.current(db.session, item))
    set_id = make_set(terminologist, owner, "Utlokalisering")
    mine = begin_in(terminologist, set_id, item.id)
    revise(terminologist, mine, in_own_words(published, definitions=defined("min", "mine")).as_content())
    _published_alone(terminologist, colleague, item, in_own_words(published, definitions=defined("deras", "theirs")))
    three = rebasing.three_ways(db.session, db.session.get_one(Version, mine))
    paths = [one.path for one in three.merge.conflicts]
    assert paths and all(one.startswith("definition") for one in paths)
    moved = rebase(terminologist, mine, dict.fromkeys(paths, Side.THEIRS))
    assert term_banks.concept_of(db.session.get_one(Version, moved)).definition == Text("deras", "theirs")


def test_what_is_published_between_check_and_publication_is_noticed_where_it_concerns_the_set(
    new, terminologist, colleague, owner
):
    """Another concept with a word of the definition: the check did not see it, and what it read is compared within the lock.
    A concept that the check would not read disturbs nobody."""
    part = new("skåpdel", "cabinet part", definition="del av ett skåp", related=(NEARBY,))
    set_id = make_set(terminologist, owner, "Skåp")
    put_in(terminologist, set_id, part)
    submit_set(terminologist, set_id)
    decide_set(colleague, set_id)
    examination = examining.examine(db.session, db.session.get_one(ChangeSet, set_id))
    item = items.item_by_slug(db.session, "concept", SLUG)
    published = term_banks.concept_of(items.current(db.session, item))
    _published_alone(terminologist, colleague, item, in_own_words(published, definitions=DEFINITION))
    found = db.session.get_one(ChangeSet, set_id)
    assert examining.examine(db.session, found).fingerprint == examination.fingerprint
    terms = (*published.terms, Term("skåp", "sv", TermStatus.ADMITTED))
    _published_alone(terminologist, colleague, item, in_own_words(published, terms=terms), date(2027, 2, 1))
    with pytest.raises(Refused, match="SET-007"), transaction() as session:
        deciding.publish(
            session, colleague, NOW, session.get_one(ChangeSet, set_id), examination, valid_from=date(2027, 1, 1)
        )
    publish_set(colleague, set_id)
    assert states_in(set_id) == ["published"] * 2


DEFINITION = defined("patient som vårdas på en annan avdelning", "patient who is in another ward")


def _published_alone(author, decider, item, one, day=date(2027, 1, 1)) -> str:
    with transaction() as session:
        version_id = services.draft_concept(
            session, author, NOW, item=item, concept=one, organisation_id=item.organisation_id, reason=""
        ).id
    submit(author, version_id, Change.EDITORIAL)
    decide(decider, version_id, Outcome.APPROVE)
    with transaction() as session:
        version = lifecycle.publish(session, decider, NOW, session.get_one(Version, version_id), valid_from=day)
        assert version.state == State.PUBLISHED
    return version_id
