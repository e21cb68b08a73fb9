"""A region's statement: written by its data officer, decided by its disclosing officer, in force on its days."""

from dataclasses import replace
from datetime import date

import pytest

from registry.actors import Role
from registry.db import db, transaction
from registry.errors import Forbidden, Invalid
from registry.items import queries as items
from registry.items import services as lifecycle
from registry.items.lifecycle import Change, Outcome, State
from registry.items.tables import Version
from termbank import services
from termbank.bank.queries import statements
from tests.conftest import NOW
from tests.factories.concepts import ALL_YES, statement

CONCEPT = "faststalld-vardplats"


@pytest.fixture
def stated(term_bank, organisations):
    """A function that drafts a statement of region 24 and gives its version's id."""

    def draft(actor, *, region="24", item=None, **parts):
        wording = items.current_by_slug(db.session, "concept", CONCEPT)
        application = replace(
            statement(parts.pop("answers", ALL_YES), region=region, **parts), concept_version=wording.content_hash
        )
        with transaction() as session:
            kept = items.item_by_id(session, item) if item else None
            version = services.draft_application(
                session,
                actor,
                NOW,
                item=kept,
                application=application,
                organisation_id=organisations[region].id,
                reason="",
            )
            return version.id

    return draft


def submit(actor, version_id):
    with transaction() as session:
        version = session.get_one(Version, version_id)
        lifecycle.submit(session, actor, NOW, version, change=Change.NEW if version.number == 1 else Change.EDITORIAL)


def publish(data_officer, disclosing_officer, version_id, valid_from=date(2026, 11, 2)):
    submit(data_officer, version_id)
    with transaction() as session:
        version = session.get_one(Version, version_id)
        lifecycle.decide(
            session,
            disclosing_officer,
            NOW,
            version,
            requirement="application",
            outcome=Outcome.APPROVE,
            reason="Stämmer",
        )
        lifecycle.publish(session, disclosing_officer, NOW, version, valid_from=valid_from)


def test_a_statement_is_in_force_when_the_region_has_decided(stated, data_officer, disclosing_officer, organisations):
    version_id = stated(data_officer, first="2026-01-01")
    assert statements.application_at(db.session, CONCEPT, organisations["24"].id, date(2026, 6, 1)) is None
    publish(data_officer, disclosing_officer, version_id)
    found = statements.application_at(db.session, CONCEPT, organisations["24"].id, date(2026, 6, 1))
    assert found.id == version_id
    assert statements.application_at(db.session, CONCEPT, organisations["24"].id, date(2025, 12, 31)) is None


def test_a_published_statement_begins_on_its_own_first_day_whatever_the_form_said(
    stated, data_officer, disclosing_officer
):
    version_id = stated(data_officer, first="2026-01-01")
    publish(data_officer, disclosing_officer, version_id, valid_from=date(2030, 1, 1))
    assert db.session.get_one(Version, version_id).valid_from == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("day", "number"), [("2015-07-01", 1), ("2018-02-28", 1), ("2018-03-01", 2), ("2026-11-22", 2)]
)
def test_norrbotten_counted_in_two_ways(term_bank, organisations, day, number):
    found = statements.application_at(db.session, CONCEPT, organisations["25"].id, date.fromisoformat(day))
    assert found.item.slug == f"{CONCEPT}.25.{number}"


def test_a_changed_application_ends_the_one_before(stated, data_officer, disclosing_officer, organisations):
    first, second = stated(data_officer, first="2024-01-01"), stated(data_officer, first="2026-01-01")
    publish(data_officer, disclosing_officer, first)
    publish(data_officer, disclosing_officer, second)
    on = lambda day: statements.application_at(db.session, CONCEPT, organisations["24"].id, day).id  # noqa: E731
    assert (on(date(2025, 12, 31)), on(date(2026, 1, 1))) == (first, second)


def test_two_statements_on_the_same_days_are_not_submitted(stated, data_officer, disclosing_officer):
    publish(data_officer, disclosing_officer, stated(data_officer, first="2024-01-01", last="2024-12-31"))
    with pytest.raises(Invalid) as invalid:
        submit(data_officer, stated(data_officer, first="2024-12-31"))
    assert [finding.code for finding in invalid.value.findings] == ["APPL-006"]


def test_two_statements_that_wait_at_the_same_time_may_not_claim_the_same_days(stated, data_officer):
    submit(data_officer, stated(data_officer, first="2024-01-01"))
    with pytest.raises(Invalid):
        submit(data_officer, stated(data_officer, first="2024-01-01"))


def test_a_correction_is_a_version_of_the_same_statement(stated, data_officer, disclosing_officer, organisations):
    first = stated(data_officer, first="2024-01-01")
    publish(data_officer, disclosing_officer, first)
    item = db.session.get_one(Version, first).item_id
    second = stated(data_officer, item=item, first="2024-01-01", answers={**ALL_YES, "must-be-available": "no"})
    publish(data_officer, disclosing_officer, second)
    assert [version.id for version in statements.applications_of(db.session, CONCEPT) if version.item_id == item] == [
        second
    ]
    assert db.session.get_one(Version, first).state == State.SUPERSEDED


def test_the_disclosing_officer_of_another_region_does_not_decide(stated, data_officer, actor):
    version_id = stated(data_officer, first="2024-01-01")
    submit(data_officer, version_id)
    neighbour = actor("annan", (Role.DISCLOSING_OFFICER, "23"))
    with pytest.raises(Forbidden), transaction() as session:
        lifecycle.decide(
            session, neighbour, NOW, session.get_one(Version, version_id),
            requirement="application", outcome=Outcome.APPROVE, reason="Nej",
        )  # fmt: skip


def test_a_region_does_not_state_for_another(stated, data_officer):
    with pytest.raises(Forbidden):
        stated(data_officer, region="23", first="2024-01-01")


def test_a_statement_on_a_wording_that_never_was_in_force_is_stopped(data_officer, organisations):
    proposal = items.versions_of(db.session, items.item_by_slug(db.session, "concept", CONCEPT))[1]
    application = replace(statement(ALL_YES, region="24"), concept_version=proposal.content_hash)
    with transaction() as session:
        version_id = services.draft_application(
            session,
            data_officer,
            NOW,
            item=None,
            application=application,
            organisation_id=organisations["24"].id,
            reason="",
        ).id
    with pytest.raises(Invalid) as invalid:
        submit(data_officer, version_id)
    assert [finding.code for finding in invalid.value.findings] == ["APPL-010"]


def test_statements_before_publication_are_seen_by_their_region_only(stated, data_officer, actor):
    version_id = stated(data_officer, first="2024-01-01")
    assert [one.id for one in statements.open_applications(db.session, data_officer)] == [version_id]
    assert statements.open_applications(db.session, actor("granne", (Role.DATA_OFFICER, "23"))) == []


def test_slugs_of_statements_are_numbered_per_region(stated, data_officer):
    first, second = stated(data_officer, first="2024-01-01"), stated(data_officer, first="2025-01-01")
    assert [db.session.get_one(Version, one).item.slug for one in (first, second)] == [
        f"{CONCEPT}.24.1",
        f"{CONCEPT}.24.2",
    ]
