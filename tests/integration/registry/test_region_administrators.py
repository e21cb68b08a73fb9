"""A region has an administrator of its own, whom two central ones appoint; nobody else gives its roles, and it sees all."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from registry.actors import SYSTEM, Role
from registry.db import db, transaction
from registry.errors import Forbidden, Invalid
from registry.events import Event
from registry.identity import appointing, password_links, queries, services
from registry.identity.tables import Appointment, Membership, Organisation, PasswordLink
from registry.identity.tables import Person as Account
from tests.conftest import NOW
from tests.factories.at_once import at_once
from tests.factories.other_roles import refusal
from tests.pages import read

REGION = "25"


@pytest.fixture
def people(any_app, organisations, actor):
    """Two central administrators, a region's own, its data officer, and somebody with an account and no role."""
    return {
        "first": actor("first", (Role.ADMINISTRATOR, "forvaltare")),
        "second": actor("second", (Role.ADMINISTRATOR, "forvaltare")),
        "own": actor("own", (Role.REGION_ADMINISTRATOR, REGION)),
        "officer": actor("officer", (Role.DATA_OFFICER, REGION)),
        "nobody": actor("nobody"),
        "elsewhere": actor("elsewhere", (Role.REGION_ADMINISTRATOR, "12")),
    }


def account(session, who) -> Account:
    return session.get_one(Account, who.person_id)


def place(session, code=REGION, kind="region") -> Organisation:
    return queries.organisation_by_code(session, code, kind)


def giving(by, to, role=Role.DISCLOSING_OFFICER, code=REGION, act=services.give_role):
    def give(session):
        act(session, by, NOW, person=account(session, to), organisation=place(session, code), role=role)

    return give


def proposing(by, whom, code, now=NOW, reason="Regiondirektören har skrivit.", act=appointing.propose):
    def propose(session):
        made = act(session, by, now, organisation=place(session, code), person=account(session, whom), reason=reason)
        return made.appointment.id

    return propose


def confirming(by, code, now=NOW, act=appointing.confirm):
    return lambda session: act(session, by, now, appointing.open_for(session, place(session, code)))


def done(act):
    with transaction() as session:
        outcome = act(session)
    db.session.rollback()
    return outcome


def roles_in(code=REGION) -> set[tuple[str, str]]:
    organisation = place(db.session, code)
    rows = db.session.query(Membership).filter_by(organisation_id=organisation.id)
    return {(one.person.login, str(one.role)) for one in rows}


def test_a_regions_roles_are_its_own_administrators_to_give_and_take(people):
    done(giving(people["own"], people["nobody"]))
    assert ("nobody", "disclosing_officer") in roles_in()
    done(giving(people["own"], people["nobody"], act=services.take_role))
    assert ("nobody", "disclosing_officer") not in roles_in()
    assert refusal(giving(people["first"], people["nobody"])) == "USER-011"
    assert refusal(giving(people["first"], people["officer"], Role.DATA_OFFICER, act=services.take_role)) == "USER-011"
    for stranger in ("elsewhere", "officer"):
        with pytest.raises(Forbidden), transaction() as session:
            giving(people[stranger], people["nobody"])(session)


def test_nobody_gives_themself_a_role(people, actor):
    assert refusal(giving(people["own"], people["own"])) == "USER-012"

    def modeller(session):
        steward = place(session, "forvaltare", "steward")
        services.give_role(session, people["first"], NOW, person=account(session, people["first"]), organisation=steward, role=Role.MODELLER)  # fmt: skip

    assert refusal(modeller) == "USER-012"


def test_two_central_administrators_together_appoint_a_regions_first_and_it_gives_the_rest(people):
    done(proposing(people["first"], people["nobody"], "17"))
    assert refusal(confirming(people["first"], "17")) == "USER-017"
    assert refusal(proposing(people["second"], people["nobody"], "17")) == "USER-016"
    done(confirming(people["second"], "17"))
    assert roles_in("17") == {("nobody", "region_administrator")}
    assert refusal_or_none(confirming(people["second"], "17")) is None
    told = [row.type for row in db.session.query(Event.type).order_by(Event.number.desc()).limit(5)]
    assert "AdministratorAppointed" in told and "RoleGiven" in told


def refusal_or_none(act):
    """A proposal that is settled is found no more."""
    with transaction() as session:
        return appointing.open_for(session, place(session, "17"))


def test_an_administrator_neither_proposes_nor_confirms_themself(people):
    assert refusal(proposing(people["first"], people["first"], "17")) == "USER-012"
    done(proposing(people["first"], people["second"], "17"))
    assert refusal(confirming(people["second"], "17")) == "USER-012"


def test_the_database_lets_nobody_confirm_their_own_proposal(people):
    proposal = done(proposing(people["first"], people["nobody"], "17"))
    for by in (people["first"], people["nobody"]):
        with pytest.raises(IntegrityError), transaction() as session:
            found = session.get_one(Appointment, proposal)
            found.outcome, found.settled_by, found.settled_at = "confirmed", by.person_id, NOW
            session.flush()
        db.session.rollback()


@pytest.mark.parametrize("who", ["own", "officer", "nobody"])
def test_others_than_central_administrators_propose_nobody(people, who):
    with pytest.raises(Forbidden), transaction() as session:
        proposing(people[who], people["elsewhere"], "17")(session)


def test_the_registry_itself_appoints_nobody(people):
    with pytest.raises(Forbidden), transaction() as session:
        proposing(SYSTEM, people["nobody"], "17")(session)


def test_a_proposal_has_reasons_and_lapses_after_thirty_days(people):
    with pytest.raises(Invalid) as stopped, transaction() as session:
        proposing(people["first"], people["nobody"], "17", reason="  ")(session)
    assert stopped.value.findings[0].code == "USER-015"
    done(proposing(people["first"], people["nobody"], "17"))
    late = NOW + appointing.LASTS
    assert refusal(confirming(people["second"], "17", late)) == "USER-018"
    done(proposing(people["second"], people["nobody"], "17", late))
    done(confirming(people["first"], "17", late))
    assert roles_in("17") == {("nobody", "region_administrator")}


def test_a_proposer_who_is_administrator_no_more_does_not_count(people):
    done(proposing(people["first"], people["nobody"], "17"))

    def leave(session):
        steward = place(session, "forvaltare", "steward")
        services.take_role(session, people["second"], NOW, person=account(session, people["first"]), organisation=steward, role=Role.ADMINISTRATOR)  # fmt: skip

    done(leave)
    assert refusal(confirming(people["second"], "17")) == "USER-019"


def test_where_there_is_an_administrator_they_have_a_week_to_object(people):
    done(proposing(people["first"], people["nobody"], REGION))
    assert refusal(confirming(people["second"], REGION)) == "USER-020"
    done(confirming(people["own"], REGION, act=appointing.withdraw))
    assert roles_in() == {("own", "region_administrator"), ("officer", "data_officer")}
    done(proposing(people["first"], people["nobody"], REGION))
    done(confirming(people["second"], REGION, NOW + appointing.OBJECTION))
    assert ("nobody", "region_administrator") in roles_in()


def test_an_administrator_who_cannot_sign_in_gets_a_link_by_two(people):
    done(proposing(people["first"], people["own"], REGION))
    code = done(confirming(people["second"], REGION, NOW + timedelta(days=7)))
    assert code is not None
    assert db.session.query(PasswordLink).one().person_id == people["own"].person_id


def test_a_region_is_not_left_without_an_administrator_by_its_own(people):
    assert (
        refusal(giving(people["own"], people["own"], Role.REGION_ADMINISTRATOR, act=services.take_role)) == "USER-013"
    )

    def close(session):
        services.disable_person(session, people["own"], NOW, person=account(session, people["own"]))

    assert refusal(close) == "USER-013"
    done(giving(people["own"], people["nobody"], Role.REGION_ADMINISTRATOR))
    done(close)


def test_a_central_administrator_closes_any_account_at_once_and_opens_none_of_a_regions(people):
    def close(session):
        services.disable_person(session, people["first"], NOW, person=account(session, people["own"]))

    def reopen(session):
        services.reopen_person(session, people["first"], NOW, person=account(session, people["own"]))

    done(close)
    assert refusal(reopen) == "USER-014"
    done(proposing(people["first"], people["own"], REGION))
    done(confirming(people["second"], REGION, NOW + appointing.OBJECTION))
    assert db.session.get_one(Account, people["own"].person_id).disabled_at is None


def test_two_who_close_the_administrators_account_first_still_wait_a_week_in_which_the_region_may_object(people, actor):
    discloser = actor("discloser", (Role.DISCLOSING_OFFICER, REGION))

    def close(session):
        services.disable_person(session, people["first"], NOW, person=account(session, people["own"]))

    done(close)
    done(proposing(people["first"], people["nobody"], REGION))
    assert refusal(confirming(people["second"], REGION)) == "USER-020"
    done(confirming(discloser, REGION, act=appointing.withdraw))
    assert ("nobody", "region_administrator") not in roles_in()


def test_a_week_after_an_administrators_account_was_closed_two_appoint_at_once(people):
    def close(session):
        closed = NOW - appointing.OBJECTION
        services.disable_person(session, people["first"], closed, person=account(session, people["own"]))

    done(close)
    done(proposing(people["first"], people["nobody"], REGION))
    done(confirming(people["second"], REGION))
    assert ("nobody", "region_administrator") in roles_in()


def test_a_disclosing_officer_does_not_stop_the_appointment_of_a_first_administrator(people, actor):
    discloser = actor("discloser", (Role.DISCLOSING_OFFICER, "24"))
    done(proposing(people["first"], people["nobody"], "24"))
    with pytest.raises(Forbidden), transaction() as session:
        confirming(discloser, "24", act=appointing.withdraw)(session)


def test_a_link_into_a_regions_roles_is_made_by_the_region_only(people, actor):
    def making(by, who):
        return lambda session: password_links.make(session, by, NOW, person=account(session, who))

    assert refusal(making(people["first"], people["officer"])) == "USER-014"
    assert done(making(people["own"], people["officer"]))
    both = actor("both", (Role.DATA_OFFICER, REGION), (Role.MODELLER, "forvaltare"))
    assert {refusal(making(people[one], both)) for one in ("own", "first")} == {"USER-014"}
    with pytest.raises(Forbidden), transaction() as session:
        making(people["elsewhere"], people["officer"])(session)


@pytest.mark.parametrize("other", ["confirm", "withdraw"])
def test_two_who_settle_a_proposal_at_once_leave_one(any_app, people, actor, other):
    third = actor("third", (Role.ADMINISTRATOR, "forvaltare"))
    done(proposing(people["first"], people["nobody"], "17"))
    proposal = db.session.query(Appointment).one().id

    def settling(by, act):
        def settle(session):
            act(session, by, NOW, session.get_one(Appointment, proposal))
            return "settled"

        return settle

    acts = {"confirm": appointing.confirm, "withdraw": appointing.withdraw}
    ended = at_once(any_app, settling(people["second"], appointing.confirm), settling(third, acts[other]))
    assert sorted(ended) == ["USER-018", "settled"]


def test_two_administrators_of_a_region_who_put_each_other_out_at_once_leave_one(any_app, people, actor):
    second = actor("own-2", (Role.REGION_ADMINISTRATOR, REGION))

    def taking(by, whom):
        return giving(by, whom, Role.REGION_ADMINISTRATOR, act=services.take_role)

    ended = at_once(any_app, taking(people["own"], second), taking(second, people["own"]))
    assert sorted(ended, key=str) == [None, "USER-013"]


class TestPages:
    @pytest.fixture
    def people(self, app, organisations, actor):
        return {
            "first": actor("first", (Role.ADMINISTRATOR, "forvaltare")),
            "second": actor("second", (Role.ADMINISTRATOR, "forvaltare")),
            "own": actor("own", (Role.REGION_ADMINISTRATOR, REGION)),
            "officer": actor("officer", (Role.DATA_OFFICER, REGION)),
            "elsewhere": actor("elsewhere", (Role.DATA_OFFICER, "12")),
        }

    def test_two_appoint_on_the_pages_and_the_appointed_makes_accounts(self, people, signed_in, organisations):
        first, second = signed_in(people["first"]), signed_in(people["second"])
        assert "Regioner utan administratör" in read(first.get("/uppgifter/")).text
        data = {"login": "karl", "name": "Karl", "role": "none", "organisation": organisations["forvaltare"].id}
        assert "Länken" in read(first.post("/administration/personer", data=data)).text
        proposal = {"login": "karl", "reason": "Regiondirektören har skrivit."}
        page = read(first.post("/behorigheter/17/forslag", data=proposal, follow_redirects=True))
        assert "Den som föreslår bekräftar inte" not in page.text and not page.find("//button[text()='Utse']")
        assert "Administratör för Region Värmland" in read(second.get("/uppgifter/")).text
        shown = read(second.post("/behorigheter/17/forslag/bekrafta"))
        assert "/valj-losenord#" in shown.find("//*[@id='lank']")[0].text
        assert roles_in("17") == {("karl", "region_administrator")}

    def test_a_regions_people_see_what_was_given_and_others_do_not(self, people, signed_in):
        client = signed_in(people["own"])
        officer = {"login": "nina", "name": "Nina", "role": "disclosing_officer"}
        organisation = place(db.session).id
        assert client.post("/administration/personer", data=officer | {"organisation": organisation}).status_code == 200
        page = read(signed_in(people["officer"]).get(f"/behorigheter/{REGION}/"))
        assert "En person fick en roll. Utlämnare." in page.text and "Nina" in page.text
        assert read(signed_in(people["elsewhere"]).get(f"/behorigheter/{REGION}/"), 404)

    def test_a_regions_administrator_sees_and_serves_their_own_people_only(self, people, signed_in):
        client = signed_in(people["own"])
        page = read(client.get("/administration/"))
        rows = {"".join(cell.itertext()).strip() for cell in page.find("//tbody//th")}
        assert rows == {"officer", "own"}
        assert client.get(f"/administration/personer/{people['first'].person_id}").status_code == 404
        assert client.get("/administration/logg").status_code == 403
        given = {"grant-login": "elsewhere", "grant-role": "data_officer", "grant-organisation": place(db.session).id}
        assert client.post("/administration/roller", data=given).status_code == 302
        assert ("elsewhere", "data_officer") in roles_in()

    def test_a_central_administrator_has_no_form_for_a_regions_roles_and_is_told_why(self, people, signed_in):
        client, address = signed_in(people["first"]), f"/administration/personer/{people['officer'].person_id}"
        page = read(client.get(address))
        assert "ges av andra" in page.text and not page.find("//form[contains(@action, '/losenord')]")
        data = {"role": "data_officer", "organisation": place(db.session).id}
        assert "Regionen ger sina egna roller" in read(client.post(f"{address}/roller/ta-bort", data=data), 409).text
        assert "Kontot sköts av någon annan" in read(client.post(f"{address}/losenord"), 409).text

    def test_what_is_wrong_in_a_proposal_is_said_beside_it(self, people, signed_in):
        client = signed_in(people["first"])
        page = read(client.post("/behorigheter/17/forslag", data={"login": "ingen", "reason": "Ja."}), 422)
        assert "Det finns ingen användare ingen." in page.text
        assert "Skriv varför." in read(client.post("/behorigheter/17/forslag", data={"login": "own"}), 422).text
        number = {"login": "own", "reason": "Hon är 811218-9876."}
        assert "personnummer" in read(client.post("/behorigheter/17/forslag", data=number), 422).text
        assert "Förslaget är avgjort" in read(client.post("/behorigheter/17/forslag/bekrafta"), 409).text
        assert client.post("/behorigheter/99999/forslag", data=number).status_code == 404


def test_commands_do_the_same(app, organisations, actor):
    for login in ("first", "second"):
        actor(login, (Role.ADMINISTRATOR, "forvaltare"))
    run = app.test_cli_runner().invoke
    refused = run(args=["users", "create", "karl", "--name", "Karl", "--role", "data_officer@region:17"])
    assert refused.exit_code == 1 and "USER-021" in refused.output
    assert run(args=["users", "create", "karl", "--name", "Karl"]).exit_code == 0
    proposed = ["administrators", "propose", "17", "karl", "--reason", "Regionen vill.", "--as", "first"]
    assert run(args=proposed).exit_code == 0
    assert "USER-017" in run(args=["administrators", "confirm", "17", "--as", "first"]).output
    assert "(proposed: karl)" in run(args=["administrators", "list"]).output
    confirmed = run(args=["administrators", "confirm", "17", "--as", "second"])
    assert confirmed.exit_code == 0 and "/valj-losenord#" in confirmed.output
    assert '"administrators": [\n      "karl"\n    ]' in run(args=["administrators", "list", "--json"]).output
    made = run(args=["users", "create", "nina", "--name", "Nina", "--role", "data_officer@region:17", "--as", "karl"])
    assert made.exit_code == 0, made.output
    assert "USER-021" in run(args=["users", "link", "nina"]).output
    assert run(args=["users", "take", "nina", "data_officer@region:17", "--as", "karl"]).exit_code == 0
    assert run(args=["administrators", "withdraw", "17", "--as", "first"]).exit_code == 2
    db.session.rollback()
    assert roles_in("17") == {("karl", "region_administrator")}
