"""A statement is of the wording that it was made on: under a later one with another meaning it says nothing until its region has
answered."""

from datetime import date

import pytest

from registry.actors import Role
from registry.db import db, transaction
from registry.items import queries as items
from registry.items import services as lifecycle
from registry.items.lifecycle import Change, Outcome
from registry.items.tables import Version
from registry.messages.tables import Message
from termbank import services
from termbank.applications.questions import QUESTIONS
from termbank.bank.queries import term_banks
from termbank.comparing import queries as comparing
from termbank.comparing.degrees import Degree
from termbank.confirmations.queries import to_confirm
from termbank.confirmations.services import confirm
from tests.conftest import NOW
from tests.factories.concepts import defined, in_own_words
from tests.factories.statements import stated
from tests.pages import read

SLUG = "teknisk-vardplats"
TODAY = NOW.date()
ADDRESS = f"/termbank/begrepp/{SLUG}/"


@pytest.fixture
def asked(term_bank, organisations, actor):
    """Two regions that have answered alike, each with who confirms; gives these by county code."""
    for code in ("12", "14"):
        stated(SLUG, code, {})
    return {code: actor(f"uppgiftslamnare-{code}", (Role.DATA_OFFICER, code)) for code in ("12", "14")}


def publish(terminologist, colleague, change: Change, sv: str, valid_from: date = TODAY) -> Version:
    with transaction() as session:
        item = items.item_by_slug(session, "concept", SLUG)
        one = in_own_words(term_banks.concept_of(items.standing_version(session, item)), definitions=defined(sv, sv))
        draft = services.draft_concept(
            session, terminologist, NOW, item=item, concept=one, organisation_id=item.organisation_id, reason="Prövning"
        )
        lifecycle.submit(session, terminologist, NOW, draft, change=change)
        lifecycle.decide(session, colleague, NOW, draft, requirement="wording", outcome=Outcome.APPROVE, reason="Läst")
        return lifecycle.publish(session, colleague, NOW, draft, valid_from=valid_from)


def degree(day: date | None = None) -> Degree:
    db.session.expire_all()
    return comparing.matrix(db.session, SLUG, day).between("12", "14").degree


def answered(organisations, who, code: str) -> None:
    with transaction() as session:
        stamps = [one.stamp for one in to_confirm(session, organisations[code].id) if one.application.concept == SLUG]
        confirm(session, who, NOW, organisation_id=organisations[code].id, stamps=stamps)


def is_due(organisations, code: str) -> bool:
    return any(one.is_due(NOW) for one in to_confirm(db.session, organisations[code].id))


def test_regions_are_comparable_under_a_new_meaning_once_both_have_answered(
    asked, terminologist, colleague, organisations, client
):
    assert degree() is Degree.SAME
    publish(terminologist, colleague, Change.WIDER, "vårdplats som är öppen")
    assert degree() is Degree.UNKNOWN
    page = read(client.get(f"{ADDRESS}jamforbarhet?region=12"))
    assert "Skåne har inte svarat på version 2 av ordalydelsen; redovisningen är gjord för version 1." in page.text
    told = {one.person_id for one in db.session.query(Message).filter(Message.type == "VersionPublished")}
    assert told == {one.person_id for one in asked.values()}
    assert is_due(organisations, "12") and is_due(organisations, "14")
    answered(organisations, asked["12"], "12")
    assert degree() is Degree.UNKNOWN and not is_due(organisations, "12")
    answered(organisations, asked["14"], "14")
    assert degree() is Degree.SAME


def test_the_days_before_go_on_as_they_were(asked, terminologist, colleague):
    publish(terminologist, colleague, Change.MEANING, "vårdplats som är öppen", date(2027, 1, 1))
    assert [degree(day) for day in (date(2026, 12, 31), date(2027, 1, 1))] == [Degree.SAME, Degree.UNKNOWN]


def test_an_editorial_change_asks_nobody(asked, terminologist, colleague, organisations):
    publish(terminologist, colleague, Change.EDITORIAL, "vårdplats, som är öppen")
    assert degree() is Degree.SAME and not is_due(organisations, "12")
    assert not db.session.query(Message).filter(Message.type == "VersionPublished").count()
    publish(terminologist, colleague, Change.MEANING, "något annat", date(2027, 1, 1))
    publish(terminologist, colleague, Change.EDITORIAL, "något annat,", date(2028, 1, 1))
    assert degree(date(2028, 6, 1)) is Degree.UNKNOWN, (
        "a comma after a new meaning does not bring the old statements back"
    )


def test_a_region_is_asked_before_the_wording_applies(asked, terminologist, colleague, organisations, signed_in):
    publish(terminologist, colleague, Change.MEANING, "vårdplats som är öppen", date(2027, 1, 1))
    page = read(signed_in(asked["12"]).get("/termbank/tillampningar/bekrafta"))
    assert "Version 2 av ordalydelsen har en annan betydelse." in page.text and "1 januari 2027" in page.text
    for code, who in asked.items():
        answered(organisations, who, code)
    assert [degree(day) for day in (date(2026, 12, 31), date(2027, 1, 1))] == [Degree.SAME, Degree.SAME]


def test_each_page_says_which_wording_a_statement_is_of(asked, terminologist, colleague, client, signed_in):
    publish(terminologist, colleague, Change.MEANING, "vårdplats som är öppen")
    page = read(client.get(ADDRESS, follow_redirects=True))
    assert "Sagt om en annan" not in page.text and "Gäller inte version 2" in page.text and "Skåne" in page.text
    assert "Så läser regionerna samma ordalydelse." not in page.text
    assert not page.find("//caption[contains(., 'Regionernas svar')]"), "no answers are laid beside each other under it"
    before = read(client.get(f"{ADDRESS}version/1/"))
    assert "Gäller inte version 1" not in before.text and before.find("//caption[contains(., 'Regionernas svar')]")
    slugs = [f"{SLUG}.{code}.1" for code in asked]
    own = read(signed_in(asked["12"]).get(f"/termbank/tillampningar/{slugs[0]}/"))
    assert "Version 2 av ordalydelsen har en annan betydelse" in own.text
    assert "/termbank/tillampningar/bekrafta?region=12" in own.links
    compared = read(client.get(f"/termbank/jamfor-tillampningar?vanster={slugs[0]}&hoger={slugs[1]}"))
    assert "hur de två förhåller sig till varandra under den är okänt" in compared.text
    assert "inte version 2" in read(client.get("/termbank/tillampningar/")).text


def test_statements_of_two_meanings_are_not_said_to_count_the_same(asked, terminologist, colleague, client):
    publish(terminologist, colleague, Change.MEANING, "vårdplats som är öppen")
    stated(SLUG, "20", {})
    page = read(client.get(f"/termbank/jamfor-tillampningar?vanster={SLUG}.12.1&hoger={SLUG}.20.1"))
    assert "De är gjorda för olika ordalydelser (version 1 och version 2)" in page.text
    assert "Alla svar är lika" not in page.text


def test_a_version_that_was_rejected_is_called_that_and_changed_nothing(terminologist, colleague, signed_in):
    with transaction() as session:
        item = items.item_by_slug(session, "concept", SLUG)
        one = in_own_words(term_banks.concept_of(items.current(session, item)), definitions=defined("annat", "other"))
        draft = services.draft_concept(
            session, terminologist, NOW, item=item, concept=one, organisation_id=item.organisation_id, reason=""
        )
        lifecycle.submit(session, terminologist, NOW, draft, change=Change.MEANING)
        lifecycle.decide(session, colleague, NOW, draft, requirement="wording", outcome=Outcome.REJECT, reason="Nej.")
        version_id = draft.id
    client = signed_in(terminologist)
    for page in (
        read(client.get(f"/granskning/version/{version_id}")),
        read(client.get(ADDRESS, follow_redirects=True)),
    ):
        assert "Avslagen" in page.text and "Återtagen" not in page.text
        assert "Ordalydelsen ändrade betydelse" not in page.text
    assert "Föreslogs som ändrad betydelse" in read(client.get(f"/granskning/version/{version_id}")).text
    assert items.current_by_slug(db.session, "concept", SLUG).number == 1


def test_figures_that_are_counted_by_the_older_wording_go_on_being_compared_under_it(asked, terminologist, colleague):
    first = items.current_by_slug(db.session, "concept", SLUG).content_hash
    second = publish(terminologist, colleague, Change.MEANING, "vårdplats som är öppen", date(2027, 1, 1)).content_hash
    days = (date(2026, 12, 31), date(2027, 1, 1))
    for counted_by, expected in ((first, [Degree.SAME, Degree.SAME]), (second, [Degree.SAME, Degree.UNKNOWN])):
        known = comparing.applied(db.session, [SLUG], [counted_by])
        assert [known.matrix(SLUG, day).between("12", "14").degree for day in days] == expected


def test_a_difference_is_told_of_the_days_of_the_wording_that_it_was_a_difference_under(
    asked, terminologist, colleague
):
    stated(SLUG, "20", {question.id: "no" for question in QUESTIONS[SLUG]})
    publish(terminologist, colleague, Change.EDITORIAL, "vårdplats, som är öppen", date(2026, 12, 1))
    publish(terminologist, colleague, Change.MEANING, "något annat", date(2027, 1, 1))
    spells = comparing.applied(db.session, [SLUG]).spells(SLUG)
    apart = [(one.first, one.last) for one in spells if one.compared.degree is Degree.NOT_COMPARABLE]
    assert apart == [(date.min, date(2026, 12, 31))] * 2
    assert {one.compared.degree for one in spells if one.first == date(2027, 1, 1)} == {Degree.UNKNOWN}
