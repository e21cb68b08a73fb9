"""The pages of standing disclosure decisions: taking, reading, renewing and withdrawing one, and what deliveries say of it."""

from datetime import date, timedelta

import pytest

from registry import clock
from registry.actors import Role, Scope
from registry.db import db, transaction
from registry.errors import Refused
from registry.identity import queries as identity
from registry.identity.client_tables import Client
from registry.identity.clients import services as clients
from submission_portal.deliveries.standing_disclosures.queries import decides_standing
from submission_portal.deliveries.tables import StandingDisclosure
from tests.conftest import NOW
from tests.factories.legal_answers import example_answers
from tests.factories.standing_disclosures import StandingWorld, conditions, wards_csv
from tests.pages import read

LIST = "/staende-beslut/"


@pytest.fixture
def standing(organisations, actor, time_machine) -> StandingWorld:
    time_machine.move_to(NOW, tick=False)
    return StandingWorld.load(organisations, actor)


def form_of(standing, **changes):
    """The form, filled in as the decision of the factory is."""
    filled = {
        "uses": [f"flow:{standing.deliveries.item_id}"],
        "latest_days": "45",
        "valid_from": NOW.date().isoformat(),
        "valid_to": "2026-12-31",
        "registry_number": "RN 2026/99",
        "reason": "Samma uppgifter varje dag.",
    }
    for name, answer in example_answers(counts_persons=True).items():
        filled |= {f"q_{name}": answer.choice, f"q_{name}_reason": answer.reason}
    for name in ("belagda", "overbelaggningar", "utlokaliserade"):
        filled |= {f"rule_{name}": "none", f"below_{name}": "5", f"most_{name}": "", f"ground_{name}": ""}
        filled[f"level_{name}"] = ["sjukhus", "avdelning"]
    return filled | {"rule_overbelaggningar": "at_most", "most_overbelaggningar": "3"} | changes


def new(standing) -> str:
    return f"{LIST}nytt/{standing.deliveries.flow.slug}/"


def test_an_officer_takes_a_decision_and_the_region_reads_it(standing, signed_in):
    officer = signed_in(standing.deliveries.discloser)
    page = read(officer.get(LIST))
    assert new(standing) in page.links
    read(officer.get(new(standing)))
    answer = officer.post(new(standing), data=form_of(standing))
    assert answer.status_code == 302
    page = read(officer.get(answer.headers["Location"]))
    assert "RN 2026/99" in page.text and "högst 3" in page.text and "Samma uppgifter varje dag." in page.text
    [made] = db.session.query(StandingDisclosure).all()
    assert made.conditions.as_dict()["small_numbers"] == [
        {"most": 0, "ground": "", **one} for one in conditions()["small_numbers"]
    ]
    assert made.conditions.latest_days == 45
    assert "Gäller" in read(signed_in(standing.deliveries.officer).get(LIST)).text


def test_small_numbers_are_counted_at_the_level_that_is_chosen_and_a_renewal_keeps_it(standing, signed_in):
    officer = signed_in(standing.deliveries.discloser)
    assert officer.post(new(standing), data=form_of(standing, level_belagda=["sjukhus"])).status_code == 302
    [made] = db.session.query(StandingDisclosure).all()
    levels = {one.element: one.level for one in made.conditions.small_numbers}
    assert levels["belagda"] == ("dag", "sjukhus") and levels["utlokaliserade"] == ("dag", "sjukhus", "avdelning")
    page = read(officer.get(new(standing), query_string={"fornyar": made.id}))
    assert page.find("//*[@name='level_belagda' and @checked]/@value") == ["sjukhus"]
    assert page.find("//*[@name='level_utlokaliserade' and @checked]/@value") == ["sjukhus", "avdelning"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"uses": []}, "Kryssa för minst en användning."),
        ({"most_overbelaggningar": ""}, "Ange det högsta antalet."),
        ({"rule_overbelaggningar": "as_protected"}, "Skriv varför det räcker."),
        ({"latest_days": "-1"}, "Ange ett heltal från 0 till 3660."),
        ({"below_belagda": "1"}, "Ange ett heltal från 2 till 100."),
        ({"valid_to": "2026-01-01"}, "Dagarna går inte ihop"),
        ({"valid_to": "2029-01-01"}, "Dagarna går inte ihop"),
        ({"valid_from": "2026-10-01"}, "Dagarna går inte ihop"),
        ({"valid_from": "x"}, ""),
        ({"registry_number": ""}, "Skriv beslutets diarienummer."),
        ({"reason": ""}, "Skriv skälen."),
        ({"q_public_document": ""}, "Välj ett svar."),
        (
            {"rule_belagda": "as_protected", "below_belagda": "7", "ground_belagda": "Döljs."},
            "Användningen skyddar inte så mycket",
        ),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_decided(standing, signed_in, changes, said):
    officer = signed_in(standing.deliveries.discloser)
    answer = officer.post(new(standing), data=form_of(standing, **changes))
    assert said in read(answer, 422).text
    assert db.session.query(StandingDisclosure).count() == 0


def test_an_identity_number_in_the_reasons_is_refused(standing, signed_in):
    officer = signed_in(standing.deliveries.discloser)
    answer = officer.post(new(standing), data=form_of(standing, reason="Gäller 811218-9876."))
    assert "personnummer" in read(answer, 409).text
    assert db.session.query(StandingDisclosure).count() == 0


def test_days_of_another_decision_are_refused_and_a_renewal_begins_after_it(standing, signed_in):
    officer = signed_in(standing.deliveries.discloser)
    decision_id = standing.decide(valid_to=date(2026, 11, 30))
    answer = officer.post(new(standing), data=form_of(standing))
    assert "2026-11-02 till 2026-11-30" in read(answer, 409).text
    page = read(officer.get(new(standing), query_string={"fornyar": decision_id}))
    assert page.find("//*[@name='valid_from']/@value") == ["2026-12-01"]
    assert page.find("//*[@name='most_overbelaggningar']/@value") == ["3"]
    assert page.find("//*[@name='q_public_document' and @checked]/@value") == ["open"]
    renewal = form_of(standing, valid_from="2026-12-01")
    answer = officer.post(f"{new(standing)}?fornyar={decision_id}", data=renewal)
    assert answer.status_code == 302
    assert "Förnyar beslutet RN 2026/99" in read(officer.get(answer.headers["Location"])).text


def test_withdrawing_asks_why_and_holds_at_once(standing, signed_in):
    officer, decision_id = signed_in(standing.deliveries.discloser), standing.decide()
    address = f"{LIST}{decision_id}/aterta/"
    read(officer.get(address))
    assert officer.post(address, data={"reason": ""}).status_code == 422
    assert officer.post(address, data={"reason": "Läget har ändrats."}).status_code == 302
    assert "Läget har ändrats." in read(officer.get(f"{LIST}{decision_id}/")).text
    again = officer.post(address, data={"reason": "En gång till."})
    assert "redan återtaget" in read(again, 409).text


def test_other_regions_and_data_officers_are_kept_out(standing, signed_in):
    decision_id = standing.decide()
    other = signed_in(standing.deliveries.other)
    for address in (f"{LIST}{decision_id}/", f"{LIST}{decision_id}/aterta/", new(standing)):
        assert other.get(address).status_code == 404
    assert "RN 2026/99" not in other.get(LIST).text
    officer = signed_in(standing.deliveries.officer)
    assert officer.get(f"{LIST}{decision_id}/aterta/").status_code == 403
    assert officer.get(new(standing)).status_code == 403


@pytest.fixture
def both(actor):
    """Somebody who decides for the region and sees to its accounts."""
    return actor("bada", (Role.DISCLOSING_OFFICER, "25"), (Role.REGION_ADMINISTRATOR, "25"))


def test_whoever_made_a_client_takes_no_standing_decision_until_it_is_revoked(standing, signed_in, both):
    with transaction() as session:
        region = identity.organisation(session, standing.deliveries.flow.organisation_id)
        made = clients.create_client(
            session, both, NOW, organisation=region, name="Prov", scopes=list(Scope), expires_on=date(2026, 12, 31)
        )
        client_id = made.client_id
    answer = signed_in(both).post(new(standing), data=form_of(standing))
    assert "Den som sköter maskiners tillgång" in read(answer, 409).text
    with transaction() as session:
        clients.revoke_client(session, both, NOW, client=session.get_one(Client, client_id))
    assert signed_in(both).post(new(standing), data=form_of(standing)).status_code == 302


def test_whoever_took_a_standing_decision_makes_no_client_while_it_lasts(standing, both):
    region = identity.organisation(db.session, standing.deliveries.flow.organisation_id)
    decision_id = standing.decide(both)
    with pytest.raises(Refused) as raised:
        clients.require_client_maker(db.session, both, region)
    assert raised.value.finding.code == "DIS-018"
    standing.withdraw(decision_id)
    clients.require_client_maker(db.session, both, region)


def test_who_decides_standing_is_told_while_it_lasts(standing):
    decision_id = standing.decide()
    decision = standing.decision(decision_id)
    person, region = decision.person_id, decision.organisation_id
    assert decides_standing(db.session, person, region)
    assert not decides_standing(db.session, standing.deliveries.officer.person_id, region)
    assert not decides_standing(db.session, person, "0" * 32)
    assert decides_standing(db.session, person, region, decision.valid_to)
    assert not decides_standing(db.session, person, region, decision.valid_to + timedelta(days=1))
    standing.withdraw(decision_id)
    assert not decides_standing(db.session, person, region)


def test_the_preparer_sees_that_it_goes_and_sends_it(standing, signed_in):
    standing.decide()
    delivery_id = standing.deliveries.start(wards_csv(0, 2, 0, 0))
    officer = signed_in(standing.deliveries.officer)
    assert "Går under det stående beslutet" in read(officer.get(f"/leveranser/{delivery_id}/")).text
    assert "Den går under regionens stående beslut" in read(officer.get("/uppgifter/")).text
    page = read(officer.get(f"/leveranser/{delivery_id}/skicka/"))
    assert "1, högst 3" in page.text
    revision = page.find("//*[@name='revision']/@value")[0]
    assert officer.post(f"/leveranser/{delivery_id}/skicka/", data={"revision": revision}).status_code == 302
    number = standing.deliveries.delivery(delivery_id).number
    for address in (f"/leveranser/{number}/", f"/leveranser/{number}/kvittens/", f"/granskning/leverans/{number}/"):
        page = read(officer.get(address))
        assert "stående beslut" in page.text and "1, högst 3" in page.text
    receipt = officer.get(f"/leveranser/{number}/kvittens.json").json["standing_disclosure"]
    assert receipt["registry_number"] == "RN 2026/99"
    told = {"condition": "small_numbers", "limit": 3, "found": 1, "met": True, "element": "overbelaggningar"}
    assert told in receipt["conditions"]


def test_the_public_reads_that_it_went_under_a_decision_and_not_how_many_small_numbers(standing, signed_in, client):
    standing.decide()
    delivery_id = standing.deliveries.start(wards_csv(0, 2, 0, 0))
    number = standing.deliveries.send(delivery_id)
    assert "stående beslut" in read(client.get(f"/leveranser/{number}/")).text
    under = client.get(f"/leveranser/{number}/kvittens.json").json["standing_disclosure"]
    assert set(under) == {"decision", "registry_number"}


def test_the_officer_sees_what_differs_with_the_answers_filled_in(standing, signed_in):
    standing.decide()
    delivery_id = standing.deliveries.start(wards_csv(1, 2, 3, 4))
    page = read(signed_in(standing.deliveries.officer).get(f"/leveranser/{delivery_id}/skicka/"))
    assert "4, högst 3" in page.text
    page = read(signed_in(standing.deliveries.discloser).get(f"/leveranser/{delivery_id}/utlamnande/"))
    assert "4, högst 3" in page.text
    assert page.find("//*[@name='q_public_document' and @checked]/@value") == ["open"]


def test_an_officer_is_reminded_thirty_days_before_the_end_until_it_is_renewed(standing, signed_in):
    last = clock.today() + timedelta(days=30)
    decision_id = standing.decide(valid_to=last)
    officer = signed_in(standing.deliveries.discloser)
    assert f"{LIST}{decision_id}/" in read(officer.get("/uppgifter/")).links
    standing.decide(valid_from=last + timedelta(days=1), valid_to=last + timedelta(days=40))
    assert f"{LIST}{decision_id}/" not in read(officer.get("/uppgifter/")).links


def test_nobody_is_reminded_earlier(standing, signed_in):
    decision_id = standing.decide(valid_to=clock.today() + timedelta(days=31))
    officer = signed_in(standing.deliveries.discloser)
    assert f"{LIST}{decision_id}/" not in read(officer.get("/uppgifter/")).links


def test_a_delivery_that_the_decision_covers_waits_for_nobody_on_any_page(standing, signed_in):
    """It said in lists and at its own top that it waited for the region."""
    line = standing.deliveries.flow.slug
    waiting = standing.deliveries.start(wards_csv(0, 2, 0, 0))
    officer = signed_in(standing.deliveries.officer)
    pages = ["/leveranser/", f"/leveranser/{waiting}/", f"/floden/{line}/perioder/", "/uppgifter/"]
    for address in pages:
        assert "Väntar på regionens prövning" in read(officer.get(address)).text
    standing.decide()
    for address in pages:
        text = read(officer.get(address)).text
        assert "Väntar på regionens prövning" not in text and "beslutar härnäst" not in text, address
        assert "stående beslut" in text, address


def test_only_what_may_be_left_out_is_called_optional(standing, signed_in):
    page = read(signed_in(standing.deliveries.discloser).get(new(standing)))
    optional = page.find("//*[*[@class='optional']]/text()[1]")
    assert {one.strip() for one in optional} == {"Räknas för varje"}
    delivery = standing.deliveries.start(wards_csv(0, 2, 0, 0))
    page = read(signed_in(standing.deliveries.discloser).get(f"/leveranser/{delivery}/utlamnande/"))
    assert "(frivilligt)" not in page.text


def test_all_that_a_decision_lacks_is_told_at_once(standing, signed_in):
    """The questions were told of first when everything else was filled in."""
    answer = signed_in(standing.deliveries.discloser).post(new(standing), data={})
    page = read(answer, 422)
    told = page.find("//*[@role='alert']//li")
    texts = ["".join(one.itertext()) for one in told]
    assert "Skriv beslutets diarienummer." in texts and sum("Välj ett svar." in one for one in texts) == 6


def test_one_text_that_explains_many_units_is_one_choice_and_conditions_name_what_was_looked_for(standing, signed_in):
    """There was a box for each of them, and a condition had the rule's code alone."""
    world, officer = standing.deliveries, signed_in(standing.deliveries.officer)
    first = world.start(wards_csv(0, 2, 0, 0, day="2026-10-01"))
    world.disclose(first)
    world.send(first)
    standing.decide()
    second = world.start(wards_csv(0, 2, 0, 0, day="2026-10-02"))
    said = {"forklaring-HIS-004": "Samma bemanning.", "spara-HIS-004": "ja"}
    assert officer.post(f"/leveranser/{second}/svar", data=said).status_code == 302
    page = read(officer.get(f"/leveranser/{second}/"))
    assert "inte samma värden som perioden före (HIS-004)" in page.text
    [ids] = page.find("//input[@name='anvand-HIS-004']/@value")
    assert len(ids.split()) == 4 and "65014" not in page.text.partition("Förklarat förut")[2]
    officer.post(f"/leveranser/{second}/svar", data={"forklaring-HIS-004": "", "anvand-HIS-004": ids})
    assert world.delivery(second).cited == {"HIS-004": ids.split()}
    assert "Får skickas enligt stående beslut" in read(officer.get(f"/leveranser/{second}/")).text
