"""What each audience's policy hides is computed for that audience, and the attackers are those that are named.

A country of three regions (made up), whose sums are shown where nothing forbids it.
"""

import polars as pl
import pytest
from flask import current_app
from sqlalchemy import delete, select

from information_models.starter.shipped_code_lists import code_list_contents
from registry.actors import PUBLIC, SYSTEM, Role
from registry.db import db, transaction
from registry.errors import NotFound, Refused
from registry.events import Event
from registry.identity.tables import Person
from registry.starter import RECIPIENT
from submission_portal.flows.audiences import Audience
from submission_portal.followup import basis, keeping, protecting, recomposing, versions
from submission_portal.followup.deciding import give_to_recipient, publish_table
from submission_portal.followup.gateway import current_table, version_by_id, version_numbered, versions_of
from submission_portal.followup.queries import figures_of, findings_of, releases_made_from
from submission_portal.followup.small_number_rules import Rules
from submission_portal.followup.tables import TableDecision, TableRelease, TableState, TableVersion
from submission_portal.followup.versions import (
    composed_with,
    latest_version,
    newest_of_regions,
    to_decide,
    version_to_review,
)
from submission_portal.forwarding.services import withdraw_release
from submission_portal.forwarding.tables import Release
from tests.by_hand import by_hand
from tests.conftest import PASSWORD
from tests.factories.legal_answers import example_answers
from tests.factories.released_figures import NOW, publish, run_worker
from tests.integration.followup.test_monthly_rates import MODEL, counted, one_place
from tests.shown import as_shown

SLUG, MONTH = "overbelaggningar-lan", "2026-10"
THREE = ("01", "03", "04")


@pytest.fixture
def country(any_app, world):
    """A measure of persons, summed over a country of three regions."""

    def build() -> None:
        regions = code_list_contents()["regioner"]
        three = [one for one in regions["codes"] if one["code"] in THREE]
        with by_hand() as session:
            for slug, version in world.measures.items():
                if version.content["model"] == MODEL:
                    session.merge(world.measures[slug]).state = "withdrawn"
            publish(session, "code_list", "regioner", regions | {"codes": three}, world.steward)
            body = counted("overbelaggningar", SLUG, dimensions=[], decimals=0)
            publish(session, "measure", SLUG, body, world.steward)

    world.grown("a country of three regions", build)
    return world


def deliver(world, *counts: int, month: str = MONTH, **how: object) -> list[Release]:
    """What the three regions report of a month, released and composed."""
    made = [
        world.release(code, MODEL, one_place(code, count), month, **how)
        for code, count in zip(THREE, counts, strict=True)
    ]
    run_worker(publish=False)
    return made


def deliver_later(world, *counts: int) -> None:
    """The same of the month after."""
    for code, count in zip(THREE, counts, strict=True):
        rows = one_place(code, count).with_columns(manad=pl.lit("2026-11"))
        world.release(code, MODEL, rows, "2026-11")
    run_worker(publish=False)


def correct(world, release: Release, code: str, count: int) -> None:
    world.release(code, MODEL, one_place(code, count), MONTH, corrects=release, kind="replacement")
    run_worker(publish=False)


def shown(table: TableVersion) -> dict[str, int | None]:
    """The figures of whole regions and of the country, by code; ``None`` where one is hidden."""
    return {one.region: None if one.value is None else int(one.value) for one in figures_of(as_shown(table))}


def kept() -> dict[Audience, TableVersion]:
    """The newest versions of the measure that are decided about."""
    newest = latest_version(db.session, SLUG)
    return {Audience(one.audience): one for one in composed_with(db.session, newest)}


@pytest.fixture
def officer(actor):
    return {code: actor(f"officer-{code}", (Role.DATA_OFFICER, code)) for code in THREE}


@pytest.fixture
def reviewer(actor):
    return actor("legal", (Role.LEGAL_REVIEWER, RECIPIENT))


def decide(reviewer, table: TableVersion, how=publish_table) -> None:
    with transaction() as session:
        found, answers = session.get_one(TableVersion, table.id), example_answers(counts_persons=True)
        how(session, reviewer, NOW, found, reason="Granskad.", answers=answers, replies={})
    db.session.expire_all()


def forget(table: TableVersion) -> None:
    """As if there had been no version for the recipient, as before there were audiences."""
    with by_hand() as session:
        for rows in (TableDecision, TableRelease):
            session.execute(delete(rows).where(rows.table_version_id == table.id))
        session.execute(delete(TableVersion).where(TableVersion.id == table.id))
    db.session.expire_all()


def test_the_one_region_that_another_is_hidden_behind_cannot_work_it_out(country):
    """2, 5 and 40: were only the first two hidden, the second would subtract itself from what is left."""
    deliver(country, 2, 5, 40)
    for table in kept().values():
        figures = shown(table)
        assert figures["01"] is None and figures["03"] is None
        assert figures["04"] is None or figures["00"] is None
        assert table.protection.is_safe and table.protection.regions == 2


@pytest.fixture
def two_policies(monkeypatch):
    """A use of the recipient's with the threshold 3, and one of the public's with 5."""
    rules = {Audience.RECIPIENT: Rules(3), Audience.PUBLIC: Rules(5)}
    monkeypatch.setattr(basis, "rules_for", lambda audience, _policies: rules[audience])


def test_what_the_recipients_policy_lets_it_see_the_public_may_not(two_policies, country, reviewer, actor):
    deliver(country, 4, 30, 40)
    tables, analyst = kept(), actor("analyst", (Role.RECIPIENT, RECIPIENT))
    recipients, publics = shown(tables[Audience.RECIPIENT]), shown(tables[Audience.PUBLIC])
    assert recipients == {"00": 74, "01": 4, "03": 30, "04": 40}
    assert publics["01"] is None and list(publics.values()).count(None) == 3
    assert [one.protection.rules.threshold for one in tables.values()] == [3, 5]
    assert current_table(db.session, SLUG, analyst).audience == Audience.RECIPIENT, "nothing was hidden in it"
    decide(reviewer, tables[Audience.PUBLIC])
    assert shown(current_table(db.session, SLUG, PUBLIC))["01"] is None
    assert shown(current_table(db.session, SLUG, analyst))["01"] == 4


def test_what_is_hidden_from_the_recipient_is_hidden_from_everybody_too(two_policies, country):
    """So whoever has both tables has no more than the recipient, from whom 2 is safe."""
    deliver(country, 2, 4, 40)
    tables = kept()
    hidden = {
        audience: {code for code, value in shown(one).items() if value is None} for audience, one in tables.items()
    }
    assert "01" in hidden[Audience.RECIPIENT] and "03" in hidden[Audience.PUBLIC]
    assert hidden[Audience.RECIPIENT] <= hidden[Audience.PUBLIC]
    assert all(one.protection.is_safe for one in tables.values())


def test_what_the_recipient_has_seen_is_not_known_to_everybody(two_policies, country, reviewer):
    """The recipient has had every figure. Of the public's table that makes none known, so that it can hide what it needs."""
    (first, *_) = deliver(country, 4, 30, 40)
    decide(reviewer, kept()[Audience.PUBLIC])
    before = shown(kept()[Audience.PUBLIC])
    correct(country, first, "01", 3)
    tables = kept()
    assert shown(tables[Audience.RECIPIENT]) == {"00": 73, "01": 3, "03": 30, "04": 40}
    after = shown(tables[Audience.PUBLIC])
    assert {code for code, value in before.items() if value is None} <= {
        code for code, value in after.items() if value is None
    }
    assert tables[Audience.PUBLIC].protection.is_safe


def test_a_region_sees_its_own_figures_undamaged_at_once_and_nothing_of_another(country, officer):
    deliver(country, 2, 5, 40)
    for code, count in zip(THREE, (2, 5, 40), strict=True):
        table = current_table(db.session, SLUG, officer[code])
        assert (table.audience, table.state, table.number) == (Audience.OWN_REGION, TableState.PUBLISHED, 1)
        assert shown(table) == {code: count}
        assert len(releases_made_from(db.session, table)) == 1
        assert findings_of(table) == ()
    assert current_table(db.session, SLUG, PUBLIC) is None


def test_a_region_gets_nothing_of_anothers_own_figures(country, officer, reviewer, any_app):
    deliver(country, 2, 5, 40)
    theirs, other = current_table(db.session, SLUG, officer["01"]), officer["03"]
    assert current_table(db.session, SLUG, other, about="01") is None
    with pytest.raises(NotFound):
        version_by_id(db.session, theirs.id, other)
    with pytest.raises(NotFound):
        version_numbered(db.session, SLUG, 1, other, about="01")
    with pytest.raises(NotFound):
        version_to_review(db.session, reviewer, theirs.id)
    decide(reviewer, kept()[Audience.PUBLIC])
    asked = current_table(db.session, SLUG, other, about="01")
    assert asked.audience == Audience.PUBLIC and shown(asked)["01"] is None


def test_the_log_does_not_confirm_a_guess_at_a_regions_own_figures(country, organisations):
    deliver(country, 2, 5, 40)
    own = newest_of_regions(db.session, SLUG)[organisations["01"].id]
    told = db.session.scalars(select(Event).where(Event.subject == own.ref)).all()
    assert [one.type for one in told] == ["TableComposed", "TablePublished"]
    assert {one.organisation_id for one in told} == {organisations["01"].id}
    assert own.content_hash not in str([one.data for one in told])


def test_what_an_earlier_public_version_hid_the_region_still_sees(country, officer, reviewer):
    (first, *_) = deliver(country, 2, 5, 40)
    decide(reviewer, kept()[Audience.PUBLIC])
    correct(country, first, "01", 30)
    assert shown(kept()[Audience.PUBLIC])["01"] is None, "no longer small, and still not told"
    assert shown(current_table(db.session, SLUG, officer["01"])) == {"01": 30}


def test_what_only_everybody_was_kept_from_the_recipient_is_not(country, reviewer):
    """An instance from before audiences has versions for everybody alone: what they hid need not be hidden from the recipient."""
    (first, *_) = deliver(country, 2, 5, 40)
    decide(reviewer, kept()[Audience.PUBLIC])
    forget(kept()[Audience.RECIPIENT])
    correct(country, first, "01", 30)
    tables = kept()
    assert shown(tables[Audience.RECIPIENT])["01"] == 30
    assert shown(tables[Audience.PUBLIC])["01"] is None


def test_a_region_whose_figures_are_as_they_were_gets_no_version_again(country, officer, reviewer):
    (_, _, last) = deliver(country, 20, 30, 40)
    decide(reviewer, kept()[Audience.PUBLIC])
    correct(country, last, "04", 41)
    numbers = {code: current_table(db.session, SLUG, officer[code]).number for code in THREE}
    assert numbers == {"01": 1, "03": 1, "04": 2}
    assert [one.number for one in db.session.scalars(versions_of(SLUG, officer["04"]))] == [2, 1]
    assert version_numbered(db.session, SLUG, 1, officer["01"]).audience == Audience.OWN_REGION
    decide(reviewer, kept()[Audience.PUBLIC])
    assert current_table(db.session, SLUG, officer["01"]).audience == Audience.OWN_REGION
    assert version_numbered(db.session, SLUG, 2, officer["01"]).audience == Audience.PUBLIC


def test_a_region_that_took_its_figures_back_has_none_of_its_own(country, officer):
    (first, *_) = deliver(country, 20, 30, 40)
    with transaction() as session:
        withdraw_release(session, SYSTEM, NOW, release=session.get_one(Release, first.id), reason="Fel fil.")
    run_worker(publish=False)
    table = current_table(db.session, SLUG, officer["01"])
    assert (table.number, table.figures, shown(table)) == (2, 0, {})


def test_what_a_region_can_work_out_of_what_is_published_is_said_and_stops_nothing(country, reviewer, monkeypatch):
    """A table that an earlier release published: 40 and the sum are shown, so that the region with 5 knows the 2."""
    with monkeypatch.context() as earlier:
        earlier.setattr(protecting.Group, "regions_with", lambda _group, _hidden: frozenset())
        earlier.setattr(keeping, "METHOD", basis.METHOD - 1)
        deliver(country, 2, 5, 40)
        decide(reviewer, kept()[Audience.PUBLIC])
    assert shown(kept()[Audience.PUBLIC]) == {"00": 47, "01": None, "03": None, "04": 40}
    deliver_later(country, 20, 20, 20)
    table = kept()[Audience.PUBLIC]
    assert table.number == 2 and table.protection.is_safe
    (said,) = table.protection.findings
    assert (said.code, said.params["figures"]) == ("FOL-026", 2)
    assert [dict(one.key) for one in said.places] == [
        {"figure": f"01/{MONTH}", "region": "03"}, {"figure": f"03/{MONTH}", "region": "01"},
    ]  # fmt: skip
    decide(reviewer, table)


def test_a_version_that_no_pattern_makes_safe_from_a_region_is_not_published(country, reviewer):
    """Somebody else has published the country's sum and one of the others: what is left tells the region with 5."""
    told = [
        {
            "period": MONTH, "region": region, "value": value, "source": {"title": "Ingen (påhittad)"},
            "explanation": {"sv": "Påhittad.", "en": "Made up."},
        }
        for region, value in (("00", "47"), ("04", "40"))
    ]  # fmt: skip
    with by_hand() as session:
        body = counted("overbelaggningar", SLUG, dimensions=[], decimals=0, known_totals=told)
        publish(session, "measure", SLUG, body, country.steward)
    deliver(country, 2, 5, 40)
    table = kept()[Audience.PUBLIC]
    assert not table.protection.is_safe
    assert [(one.key, one.by) for one in table.protection.exposed] == [(f"01/{MONTH}", "03")]
    with pytest.raises(Refused) as refusal:
        decide(reviewer, table)
    assert refusal.value.finding.code == "FOL-011"


def upgrade(monkeypatch) -> None:
    """The step that an upgrade takes for tables of an older method, and the worker's part of it."""
    for module in (basis, keeping, recomposing, versions):
        monkeypatch.setattr(module, "METHOD", basis.METHOD + 1)
    (step,) = [one for one in current_app.extensions["registry"].starter_steps if one.name.startswith("follow-up")]
    with transaction() as session:
        step.load(session, SYSTEM, NOW)
    run_worker(publish=False)


def test_an_upgrade_gives_regions_their_own_figures_and_asks_for_no_decision_where_nothing_changes(
    country, officer, monkeypatch, reviewer
):
    deliver(country, 20, 30, 40)
    decide(reviewer, kept()[Audience.PUBLIC])
    before = kept()[Audience.PUBLIC]
    for own in newest_of_regions(db.session, SLUG).values():
        forget(own)
    assert current_table(db.session, SLUG, officer["01"]).audience == Audience.PUBLIC
    upgrade(monkeypatch)
    after = kept()[Audience.PUBLIC]
    assert (after.id, after.number, after.content_hash, after.state) == (
        before.id, 1, before.content_hash, TableState.PUBLISHED,
    )  # fmt: skip
    theirs = current_table(db.session, SLUG, officer["01"])
    assert (theirs.audience, theirs.number, shown(theirs)) == (Audience.OWN_REGION, 1, {"01": 20})
    assert to_decide(db.session, reviewer) == []


def test_an_upgrade_composes_again_what_a_region_could_work_out_and_nobody_has_been_shown(
    country, reviewer, monkeypatch
):
    with monkeypatch.context() as earlier:
        earlier.setattr(protecting.Group, "regions_with", lambda _group, _hidden: frozenset())
        deliver(country, 2, 5, 40)
    upgrade(monkeypatch)
    (waiting,) = {(one.number, one.state) for one in to_decide(db.session, reviewer)}
    assert waiting == (2, TableState.AWAITING_REVIEW)
    figures = shown(kept()[Audience.PUBLIC])
    assert figures["04"] is None or figures["00"] is None


def test_where_less_is_hidden_from_the_recipient_each_version_is_decided_by_itself(
    two_policies, country, reviewer, actor
):
    deliver(country, 2, 5, 40)
    deliver_later(country, 4, 30, 40)
    tables, analyst = kept(), actor("analyst", (Role.RECIPIENT, RECIPIENT))
    decide(reviewer, tables[Audience.PUBLIC])
    (left,) = to_decide(db.session, reviewer)
    assert (left.id, left.audience) == (tables[Audience.RECIPIENT].id, Audience.RECIPIENT)
    assert current_table(db.session, SLUG, analyst).audience == Audience.PUBLIC
    decide(reviewer, left)
    assert current_table(db.session, SLUG, analyst).audience == Audience.RECIPIENT
    assert to_decide(db.session, reviewer) == []


def test_the_recipient_alone_gets_its_own_version_by_the_decision_on_everybodys(two_policies, country, reviewer, actor):
    deliver(country, 2, 5, 40)
    deliver_later(country, 4, 30, 40)
    tables, analyst = kept(), actor("analyst", (Role.RECIPIENT, RECIPIENT))
    decide(reviewer, tables[Audience.PUBLIC], give_to_recipient)
    assert current_table(db.session, SLUG, analyst).id == tables[Audience.RECIPIENT].id
    assert current_table(db.session, SLUG, PUBLIC) is None
    assert to_decide(db.session, reviewer) == []


def test_the_reviewer_sees_what_is_hidden_from_each_audience_and_who_was_tried(
    two_policies, country, reviewer, any_app
):
    deliver(country, 2, 5, 40)
    deliver_later(country, 4, 30, 40)
    tables, client = kept(), any_app.test_client()
    login = db.session.get_one(Person, reviewer.person_id).login
    client.post("/logga-in", data={"login": login, "password": PASSWORD})
    page = client.get(f"/granskning/tabell/{tables[Audience.PUBLIC].id}/").text
    assert "under 3, men inte noll" in page and "under 5, men inte noll" in page
    assert "prövades som angripare" in page
    assert f"/granskning/tabell/{tables[Audience.RECIPIENT].id}/" in page
    own = client.get(f"/granskning/tabell/{tables[Audience.RECIPIENT].id}/").text
    assert 'value="recipient"' in own and 'value="publish"' not in own


def test_policies_of_one_audience_that_differ_are_said_to_reviewers(country, organisations):
    world, first = country, THREE[0]
    with by_hand() as session:
        world.flow(session, first, MODEL, threshold=8)
    deliver(world, 6, 30, 40)
    for table in kept().values():
        assert table.protection.rules == Rules(8) and shown(table)[first] is None
        (said,) = [one for one in table.protection.findings if one.code == "FOL-024"]
        assert (said.params["lowest"], said.params["highest"]) == (5, 8)
        assert table.protection.is_safe and not [one for one in findings_of(table) if one.code == "FOL-024"]


def test_a_regions_pages_and_files_say_that_the_figures_are_for_the_region_alone(country, officer, any_app, reviewer):
    deliver(country, 2, 5, 40)
    decide(reviewer, kept()[Audience.PUBLIC])
    client = any_app.test_client()
    login = db.session.get_one(Person, officer["01"].person_id).login
    client.post("/logga-in", data={"login": login, "password": PASSWORD})
    address = f"/uppfoljning/{SLUG}"
    for page in (address, f"{address}/region/01", f"{address}/siffra/01/{MONTH}", f"{address}/versioner"):
        assert "den egna regionens siffror" in client.get(page).text, page
        assert "den egna regionens siffror" not in client.get(f"{page}?krets=alla").text, page
    assert "Täckning" not in client.get(address).text and "Täckning" in client.get(f"{address}?krets=alla").text
    file = client.get(f"{address}/tabell.json")
    assert [one["code"] for one in file.json["findings"]] == ["FOL-027"]
    assert "egen-region" in file.headers["Content-Disposition"]
    for another in (f"{address}/region/03", f"{address}/siffra/03/{MONTH}", f"{address}/siffra/00/{MONTH}"):
        answer = client.get(another)
        assert answer.status_code == 200 and "den egna regionens siffror" not in answer.text, another
    assert client.get(f"{address}/tabell.csv?region=03").status_code == 200
