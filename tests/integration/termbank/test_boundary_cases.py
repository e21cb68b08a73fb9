"""Boundary cases from the concept's page to the answers of three regions, and what they mean for the decision."""

import re
from datetime import datetime, time, timedelta

import pytest

from registry import clock
from registry.actors import Role
from registry.db import db, transaction
from registry.errors import NotFound, Refused
from registry.items import queries as items
from registry.items import services as lifecycle
from registry.items.change_sets import writing as change_sets
from registry.items.lifecycle import Change, Outcome
from registry.items.tables import ChangeSet, Version
from registry.web.problems import readable
from termbank import services as writing
from termbank.bank.queries.term_banks import concept_of
from termbank.boundary_cases import queries, services
from termbank.boundary_cases.services import WrittenCase
from termbank.boundary_cases.tables import BoundaryRound, RoundState
from tests.conftest import NOW
from tests.factories.change_sets import begin_in, decide_set, make_set, submit_set
from tests.pages import read

SLUG = "utlokaliserad-patient"
LAST = clock.today() + timedelta(days=14)
EVENING = datetime.combine(LAST, time(23, 59), clock.SWEDISH)
AFTER = EVENING + timedelta(minutes=1)
WRITTEN = [
    WrittenCase("Påhittat: tre patienter väntar i korridoren.", ("3",), "De är inskrivna."),
    WrittenCase("Påhittat: ingen väntar.", ("0",)),
    WrittenCase("Påhittat: åtta på permission, en på väg.", ("8",), "Den nionde är inte inskriven."),
]
COUNTED = {"24": ["3", "0", "8"], "25": ["3", "0", "–"], "03": ["4", "0", "9"]}


@pytest.fixture
def version(terminologist) -> Version:
    """A new wording in review."""
    with transaction() as session:
        item = items.item_by_slug(session, "concept", SLUG)
        concept = concept_of(items.current(session, item))
        draft = writing.draft_concept(
            session,
            terminologist,
            NOW,
            item=item,
            concept=concept,
            organisation_id=item.organisation_id,
            reason="Prövning",
        )
        lifecycle.submit(session, terminologist, NOW, draft, change=Change.MEANING)
        return draft


@pytest.fixture
def opened(version, terminologist) -> str:
    """A round that is out for answers; its id."""
    with transaction() as session:
        one = services.draft(
            session,
            terminologist,
            NOW,
            version=session.get_one(Version, version.id),
            ways=["Enligt ordalydelsen"],
            cases=WRITTEN,
        )
        services.open_round(session, terminologist, NOW, one, wording=concept_of(version).definition, closes_on=LAST)
        return one.id


@pytest.fixture
def officers(actor):
    return {code: actor(f"uppgiftslamnare{code}", (Role.DATA_OFFICER, code)) for code in COUNTED}


def _round(round_id) -> BoundaryRound:
    db.session.expire_all()
    return db.session.get_one(BoundaryRound, round_id)


def _answer(round_id, officer, organisations, code, counted=None, is_sent=True, now=NOW):
    with transaction() as session:
        one = session.get_one(BoundaryRound, round_id)
        given = {case.id: [count] for case, count in zip(one.cases, counted or COUNTED[code], strict=True)}
        services.answer(session, officer, now, one, organisations[code], counts=given, reasons={}, is_sent=is_sent)


def _approve(actor, version_id, now=NOW):
    with transaction() as session:
        lifecycle.decide(
            session,
            actor,
            now,
            session.get_one(Version, version_id),
            requirement="wording",
            outcome=Outcome.APPROVE,
            reason="Läst",
        )


def test_three_regions_count_and_the_page_says_how_far_they_agree(
    opened, officers, organisations, terminologist, client
):
    for code, officer in officers.items():
        _answer(opened, officer, organisations, code)
    with transaction() as session:
        services.close(session, terminologist, NOW, session.get_one(BoundaryRound, opened))
    text = read(client.get(f"/termbank/gransfall/{opened}/")).text
    assert "4 av 7 par lika (57 %)" in text
    assert "0,42" in text
    assert "1 svar saknas" in text
    assert text.count("Räknas olika") == 2
    client.set_cookie("language", "en")
    text = read(client.get(f"/termbank/gransfall/{opened}/")).text
    assert "4 of 7 pairs equal (57 %)" in text and "0.42" in text


def test_what_others_count_is_hidden_until_the_round_is_closed_and_the_author_until_one_has_sent(
    opened, officers, organisations, signed_in, client
):
    address = f"/termbank/gransfall/{opened}/"
    own, public = signed_in(officers["24"]), client
    _answer(opened, officers["25"], organisations, "25")
    for reader in (own, public):
        text = read(reader.get(address)).text
        assert "Den nionde är inte inskriven." not in text
        assert "Region Norrbotten" not in text.split("Har svarat")[0]
    _answer(opened, officers["24"], organisations, "24", is_sent=False)
    assert "Den nionde är inte inskriven." not in read(own.get(address)).text
    _answer(opened, officers["24"], organisations, "24")
    page = read(own.get(address))
    assert "Den nionde är inte inskriven." in page.text
    rows = [row[0].text for row in page.find("//tbody/tr")]
    assert "Region Västerbotten" in rows and "Region Norrbotten" not in rows
    assert "Den nionde är inte inskriven." not in read(public.get(address)).text


def test_who_answers_for_two_regions_sees_the_authors_counts_when_both_have_sent(
    opened, organisations, actor, signed_in
):
    both = actor("badaregioner", (Role.DATA_OFFICER, "24"), (Role.DATA_OFFICER, "25"))
    reader = signed_in(both)
    for code, is_seen in (("24", False), ("25", True)):
        _answer(opened, both, organisations, code)
        text = read(reader.get(f"/termbank/gransfall/{opened}/")).text
        assert ("Den nionde är inte inskriven." in text) is is_seen


def test_the_last_day_is_included_and_the_day_after_all_is_shown(opened, officers, organisations):
    _answer(opened, officers["24"], organisations, "24", now=EVENING)
    with pytest.raises(Refused) as refusal:
        _answer(opened, officers["25"], organisations, "25", now=AFTER)
    assert refusal.value.finding.code == "CASE-001"
    assert queries.state_on(_round(opened), LAST) is RoundState.OPEN
    assert queries.state_on(_round(opened), LAST + timedelta(days=1)) is RoundState.CLOSED


def test_what_is_sent_does_not_change_and_nothing_is_not_sent(opened, officers, organisations):
    with pytest.raises(Refused) as refusal:
        _answer(opened, officers["24"], organisations, "24", ["", "–", " "])
    assert refusal.value.finding.code == "CASE-005"
    _answer(opened, officers["24"], organisations, "24")
    with pytest.raises(Refused) as refusal:
        _answer(opened, officers["24"], organisations, "24", ["9", "9", "9"])
    assert refusal.value.finding.code == "CASE-004"
    [kept] = _round(opened).answers
    assert sorted(kept.counts.values()) == [["0"], ["3"], ["8"]]
    with pytest.raises(NotFound):
        _answer(opened, officers["25"], organisations, "24")


def test_a_wording_is_not_approved_while_cases_are_out_nor_before_a_disagreement_is_explained(
    opened, version, officers, organisations, terminologist, colleague, signed_in
):
    with pytest.raises(Refused) as refusal:
        _approve(colleague, version.id)
    assert refusal.value.finding.code == "CASE-007"
    for code in ("24", "03"):
        _answer(opened, officers[code], organisations, code)
    with pytest.raises(Refused) as refusal:
        _approve(colleague, version.id, AFTER)
    assert (refusal.value.finding.code, refusal.value.finding.params["different"]) == ("CASE-008", 2)
    with transaction() as session, pytest.raises(Refused) as refusal:
        services.explain(session, terminologist, AFTER, session.get_one(BoundaryRound, opened), reason="Duger")
    assert refusal.value.finding.code == "CASE-009"
    with transaction() as session:
        services.explain(
            session, colleague, AFTER, session.get_one(BoundaryRound, opened), reason="Skillnaden gäller permission."
        )
    _approve(colleague, version.id, AFTER)
    assert _round(opened).version.decided_at == AFTER


def test_whoever_decides_sees_beforehand_how_alike_regions_counted(
    opened, version, officers, organisations, colleague, signed_in, monkeypatch
):
    url, reader = f"/granskning/version/{version.id}", signed_in(colleague)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    page = read(reader.get(url))
    assert "Ordalydelsen prövas på gränsfall" in page.text and f"/termbank/gransfall/{opened}/" in page.links
    for code in ("24", "03"):
        _answer(opened, officers[code], organisations, code)
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    page = read(reader.get(url)).text
    assert "2 regioner har svarat, och" in page and "innan dess kan den inte godkännas" in page
    with transaction() as session:
        services.explain(session, colleague, AFTER, session.get_one(BoundaryRound, opened), reason="Gäller permission.")
    assert "Varför ordalydelsen ska gälla ändå: Gäller permission." in read(reader.get(url)).text


def _another_round(version, author, answers, now=NOW):
    """A round of one case, sent out, answered by those in ``answers`` and closed at once."""
    with transaction() as session:
        kept = session.get_one(Version, version.id)
        one = services.draft(session, author, now, version=kept, ways=["a"], cases=WRITTEN[1:2])
        services.open_round(session, author, now, one, wording=concept_of(kept).definition, closes_on=LAST)
        for officer, organisation, count in answers:
            counts = {one.cases[0].id: [count]}
            services.answer(session, officer, now, one, organisation, counts=counts, reasons={}, is_sent=True)
        services.close(session, author, now, one)


@pytest.mark.parametrize("answering", [(), ("24",), ("24", "25")])
def test_a_disagreement_is_not_put_aside_by_another_round_on_the_same_wording(
    answering, opened, version, officers, organisations, terminologist, colleague
):
    for code in ("24", "03"):
        _answer(opened, officers[code], organisations, code)
    with transaction() as session:
        services.close(session, terminologist, NOW, session.get_one(BoundaryRound, opened))
    later = NOW + timedelta(hours=1)
    _another_round(version, terminologist, [(officers[code], organisations[code], "0") for code in answering], later)
    with pytest.raises(Refused) as refusal:
        _approve(colleague, version.id, later)
    assert refusal.value.finding.code == "CASE-008"
    with transaction() as session:
        services.explain(session, colleague, later, session.get_one(BoundaryRound, opened), reason="Duger ändå.")
    _approve(colleague, version.id, later)


def test_a_disagreement_follows_the_wording_into_another_version(
    opened, version, officers, organisations, terminologist, colleague
):
    for code in ("24", "03"):
        _answer(opened, officers[code], organisations, code)
    with transaction() as session:
        services.close(session, terminologist, NOW, session.get_one(BoundaryRound, opened))
        kept = session.get_one(Version, version.id)
        concept, item = concept_of(kept), kept.item
        lifecycle.decide(
            session, colleague, NOW, kept, requirement="wording", outcome=Outcome.REJECT, reason="Räknas olika"
        )
        again = writing.draft_concept(
            session, terminologist, NOW, item=item, concept=concept, organisation_id=item.organisation_id, reason="Åter"
        )
        lifecycle.submit(session, terminologist, NOW, again, change=Change.MEANING)
    with pytest.raises(Refused) as refusal:
        _approve(colleague, again.id)
    assert refusal.value.finding.code == "CASE-008"


def test_a_set_heeds_the_rounds_on_its_wordings_and_withdraws_one_that_is_counted_differently(
    officers, organisations, terminologist, colleague
):
    item = items.item_by_slug(db.session, "concept", SLUG)
    in_force = items.current(db.session, item)
    owner, item_id, version_id = item.organisation_id, item.id, in_force.id
    answers = [(officers[code], organisations[code], count) for code, count in (("24", "0"), ("25", "1"))]
    _another_round(in_force, terminologist, answers)
    set_id = make_set(terminologist, owner, "Utlokalisering")
    again = begin_in(terminologist, set_id, item_id)
    submit_set(terminologist, set_id)
    with pytest.raises(Refused) as refusal:
        decide_set(colleague, set_id)
    assert refusal.value.finding.code == "CASE-008"
    assert "utlokaliserad patient" in readable(refusal.value.finding).body
    assert db.session.get_one(Version, again).decided_at is None
    with transaction() as session:
        change_sets.withdraw(session, terminologist, NOW, session.get_one(ChangeSet, set_id))
    set_id = make_set(terminologist, owner, "Bort")
    with transaction() as session:
        found, kept = session.get_one(ChangeSet, set_id), session.get_one(Version, version_id)
        change_sets.put_in_withdrawal(session, terminologist, NOW, found, kept, reason="Räknas olika")
    submit_set(terminologist, set_id)
    decide_set(colleague, set_id)
    assert db.session.get_one(ChangeSet, set_id).decided_at is not None


def test_a_wording_by_which_all_count_alike_is_approved(opened, version, officers, organisations, colleague):
    for code in ("24", "25"):
        _answer(opened, officers[code], organisations, code, ["3", "0", "8"])
    _approve(colleague, version.id, AFTER)


def test_a_rejection_needs_no_agreement(opened, version, colleague):
    with transaction() as session:
        lifecycle.decide(
            session,
            colleague,
            NOW,
            session.get_one(Version, version.id),
            requirement="wording",
            outcome=Outcome.RETURN,
            reason="För vag",
        )


def test_cases_are_written_sent_out_and_answered_in_the_pages(version, terminologist, officers, signed_in, client):
    author, officer = signed_in(terminologist), signed_in(officers["24"])
    [new] = [
        link
        for link in read(author.get(f"/termbank/begrepp/{SLUG}/", follow_redirects=True)).links
        if "/gransfall/ny/" in link
    ]
    case = author.post(new, data={"ways": "klockan 06\nvid midnatt"}).location
    round_id = re.search(r"gransfall/([0-9a-f]{32})/", case).group(1)
    address = f"/termbank/gransfall/{round_id}/"
    assert read(author.get(case)).heading.startswith("Fall 1")
    assert "Skriv vad som händer i fallet." in read(author.post(case, data={"text": ""}), 422).text
    following = author.post(
        case, data={"text": "Påhittat: två väntar.", "count_0": "2", "count_1": "1", "action": "next"}
    ).location
    assert following.endswith("/fall/2")
    author.post(following, data={"text": "Påhittat: ingen väntar.", "count_0": "0", "count_1": "0"})
    client.get("/")
    assert client.get(address).status_code == 404, "a draft is its writers' own"
    assert "Dagen har varit" in read(author.post(f"{address}skicka-ut", data={"closes_on": "2020-01-01"}), 422).text
    page = read(
        author.post(
            f"{address}skicka-ut",
            data={"closes_on": (clock.today() + timedelta(days=3)).isoformat()},
            follow_redirects=True,
        )
    )
    assert "Ute för svar" in page.text
    assert address in read(officer.get("/uppgifter/")).links
    form = f"{address}svara"
    read(officer.get(form))
    region = _own_region(officer, form)
    refused = officer.post(form, data={"organisation": region, "action": "send"})
    assert "Ingenting är räknat" in read(refused, 422).text
    sent = {
        "organisation": region,
        "count_1_0": "2",
        "count_1_1": "2",
        "count_2_0": "0",
        "reason_1": "Båda är inskrivna.",
        "action": "send",
    }
    page = read(officer.post(form, data=sent, follow_redirects=True))
    assert "Svaren är lämnade." in page.text or "Båda är inskrivna." in page.text
    assert address not in read(officer.get("/uppgifter/")).links
    page = read(author.post(f"{address}avsluta", follow_redirects=True))
    assert "klockan 06" in page.text and "Region Västerbotten" in page.text
    read(client.get("/termbank/gransfall/"))


def test_a_draft_may_be_changed_and_thrown_away(version, terminologist, signed_in):
    author = signed_in(terminologist)
    case = author.post(f"/termbank/gransfall/ny/{version.id}", data={"ways": ""}).location
    author.post(case, data={"text": "Påhittat: två väntar.", "count_0": "2"})
    author.post(case, data={"text": "Påhittat: tre väntar.", "count_0": "3"})
    address = case.rpartition("fall/")[0]
    assert "tre väntar" in read(author.get(address)).text
    author.post(case, data={"action": "remove"})
    assert "Inget fall är skrivet än." in read(author.get(address)).text
    assert author.post(f"{address}ta-bort").location == "/termbank/gransfall/"
    assert author.get(address).status_code == 404


def _seen(client, address) -> str:
    """What a form that is opened now has before it."""
    return read(client.get(address)).find("//input[@name='started_from']")[0].get("value")


def test_two_who_write_cases_at_once_lose_nothing(version, terminologist, colleague, signed_in):
    one, other = signed_in(terminologist), signed_in(colleague)
    case = one.post(f"/termbank/gransfall/ny/{version.id}", data={"ways": ""}).location
    address = case.rpartition("fall/")[0]
    seen = _seen(other, case)
    for text in ("Påhittat: två väntar.", "Påhittat: två väntar.", "Påhittat: tre väntar."):
        other.post(case, data={"text": text, "count_0": "2,0", "started_from": seen})
    said = [each.text for each in db.session.query(BoundaryRound).one().cases]
    assert said == ["Påhittat: två väntar.", "Påhittat: tre väntar."], "sent twice is kept once"
    seen = _seen(one, case)
    other.post(case, data={"action": "remove", "started_from": seen})
    for data in ({"text": "Påhittat: noll väntar."}, {"text": "Påhittat: noll väntar.", "action": "remove"}):
        page = read(one.post(case, data={**data, "started_from": seen}), 422)
        assert "Någon annan hann före" in page.text and "noll väntar" in page.text
    assert "tre väntar" in read(one.get(address)).text


def test_two_who_answer_for_a_region_at_once_are_told(opened, officers, signed_in):
    form = f"/termbank/gransfall/{opened}/svara"
    one, other = signed_in(officers["24"]), signed_in(officers["24"])
    region, seen = _own_region(one, form), _seen(one, form)
    keep = {"organisation": region, "action": "keep", "count_1_0": "5", "started_from": seen}
    assert other.post(form, data=keep).status_code == 302
    answer = one.post(form, data={**keep, "count_1_0": "6"})
    page = read(answer, 422)
    assert "Någon annan hann före" in page.text
    assert page.find("//input[@name='count_1_0']")[0].get("value") == "6"
    again = page.find("//input[@name='started_from']")[0].get("value")
    assert one.post(form, data={**keep, "count_1_0": "6", "started_from": again}).status_code == 302
    [kept] = _round(opened).answers
    assert ["6"] in kept.counts.values()


def test_an_identity_number_is_refused_and_not_kept(version, terminologist, signed_in):
    author = signed_in(terminologist)
    case = author.post(f"/termbank/gransfall/ny/{version.id}", data={"ways": ""}).location
    answer = author.post(case, data={"text": "Påhittat: 19121212-1212 väntar.", "count_0": "2"})
    assert answer.status_code == 409
    assert "19121212" not in answer.text
    assert db.session.query(BoundaryRound).one().cases == []


def test_more_cases_than_can_be_read_are_refused(version, terminologist):
    with transaction() as session, pytest.raises(Refused) as refusal:
        services.draft(
            session, terminologist, NOW, version=session.get_one(Version, version.id), ways=["a"], cases=WRITTEN * 11
        )
    assert refusal.value.finding.code == "CASE-006"


def _own_region(client, form) -> str:
    return read(client.get(form)).find("//select[@name='organisation']/option")[0].get("value")


def test_nobody_else_writes_or_answers(opened, data_officer, disclosing_officer, signed_in, client):
    assert signed_in(disclosing_officer).get(f"/termbank/gransfall/{opened}/svara").status_code == 403
    assert signed_in(data_officer).post(f"/termbank/gransfall/{opened}/avsluta").status_code == 403
    assert client.get("/termbank/gransfall/finns-inte/").status_code == 404


def test_an_act_that_is_refused_says_why_where_it_was_made(opened, terminologist, signed_in):
    client, address = signed_in(terminologist), f"/termbank/gransfall/{opened}/"
    answer = client.post(f"{address}ta-bort")
    assert answer.status_code == 302 and answer.location.endswith(address)
    assert client.post(f"{address}skicka-ut", data={"closes_on": LAST.isoformat()}).status_code == 422
    explained = read(client.post(f"{address}forklara", data={"reason": "Lång förklaring."}), 422)
    assert "Lång förklaring." in explained.text
