"""Neither of the two who appoint a region's administrator can use the account alone: one has the link, the other the code."""

from datetime import timedelta

import pytest

from registry.actors import SYSTEM, Role
from registry.db import db, transaction
from registry.errors import Refused
from registry.finding_texts import FINDINGS
from registry.identity import appointing, password_links, passwords, queries, second_codes, services
from registry.identity.tables import Appointment, PasswordLink
from registry.identity.tables import Person as Account
from tests.by_hand import by_hand
from tests.conftest import NOW
from tests.factories.other_roles import refusal
from tests.pages import read

CHOSEN = "fyra ord som ingen gissar"


@pytest.fixture
def central(any_app, organisations, actor):
    return [actor(login, (Role.ADMINISTRATOR, "forvaltare")) for login in ("first", "second")]


def _account(session, login: str) -> Account:
    return queries.person_by_login(session, login)


def _proposed(by, login: str, code: str = "17", now=NOW) -> appointing.Proposal:
    with transaction() as session:
        region = queries.organisation_by_code(session, code)
        return appointing.propose(
            session, by, now, organisation=region, person=_account(session, login), reason="Regionen har skrivit."
        )


def _confirmed(by, code: str = "17", now=NOW) -> str | None:
    with transaction() as session:
        region = queries.organisation_by_code(session, code)
        return appointing.confirm(session, by, now, appointing.open_for(session, region))


def _created(login: str) -> None:
    with transaction() as session:
        services.create_person(session, SYSTEM, NOW, login=login, name=login)


def _using(link: str, second: str = ""):
    return lambda session: password_links.use(session, NOW, code=link, password_hash="hashed", second=second)


def test_the_link_needs_the_code_that_only_the_proposer_was_shown(central):
    _created("karl")
    proposal = _proposed(central[0], "karl")
    link = _confirmed(central[1])
    assert refusal(_using(link)) == "SIGN-004"
    assert refusal(_using(link, second_codes.make())) == "SIGN-004"
    with transaction() as session:
        assert _using(link, f" {proposal.code.lower().replace('-', ' ')} ")(session).login == "karl"
    assert refusal(_using(link, proposal.code)) == "SIGN-003"


def test_only_hashes_are_kept(central):
    _created("karl")
    proposal = _proposed(central[0], "karl")
    link = _confirmed(central[1])
    kept = db.session.query(PasswordLink).one()
    assert kept.second_hash == db.session.query(Appointment).one().code_hash == second_codes.hashed(proposal.code)
    assert proposal.code not in (kept.second_hash, kept.code_hash) and link not in (kept.second_hash, kept.code_hash)


def test_a_password_that_a_central_administrator_may_have_chosen_ends_when_the_account_is_appointed(central, actor):
    actor("karl")  # made by a central administrator, with a password
    _proposed(central[0], "karl")
    assert _confirmed(central[1]) is not None
    assert _account(db.session, "karl").password_hash == passwords.NONE


def test_who_is_at_the_recipient_chooses_anew_too_since_central_administrators_see_to_the_account(central, actor):
    actor("karl", (Role.RECIPIENT, "nationell-uppfoljning"))
    assert _proposed(central[0], "karl").code is not None
    assert _confirmed(central[1]) is not None


def test_an_open_account_of_a_region_needs_neither_link_nor_code_and_keeps_its_password(central, actor):
    actor("karl", (Role.DATA_OFFICER, "17"))
    before = _account(db.session, "karl").password_hash
    assert _proposed(central[0], "karl").code is None
    assert _confirmed(central[1]) is None
    assert _account(db.session, "karl").password_hash == before
    assert db.session.query(PasswordLink).count() == 0


def test_a_link_that_somebody_made_before_leads_nowhere_once_the_account_is_appointed(central, actor):
    actor("karl", (Role.DATA_OFFICER, "17"))
    with transaction() as session:
        link = password_links.make_for(session, central[0], NOW, person=_account(session, "karl"))
    _proposed(central[0], "karl")
    _confirmed(central[1])
    assert refusal(_using(link)) == "SIGN-003"


def test_an_administrator_who_cannot_sign_in_gets_link_and_code(central, actor):
    actor("karl", (Role.REGION_ADMINISTRATOR, "17"))
    proposal = _proposed(central[0], "karl")
    link = _confirmed(central[1], now=NOW + appointing.OBJECTION)
    assert _account(db.session, "karl").password_hash == passwords.NONE
    with transaction() as session:
        later = NOW + appointing.OBJECTION + timedelta(hours=1)
        password_links.use(session, later, code=link, password_hash="hashed", second=proposal.code)
    assert _account(db.session, "karl").password_hash == "hashed"


def test_a_proposal_of_an_earlier_release_that_needs_a_code_is_made_again(central):
    _created("karl")
    _proposed(central[0], "karl")
    with by_hand() as session:
        session.query(Appointment).update({"code_hash": None})
    with pytest.raises(Refused) as refused:
        _confirmed(central[1])
    assert refused.value.finding == FINDINGS.found("USER-022", {"login": "karl"})


class TestPages:
    @pytest.fixture
    def pair(self, app, organisations, actor, signed_in):
        _created("karl")
        return [signed_in(actor(login, (Role.ADMINISTRATOR, "forvaltare"))) for login in ("first", "second")]

    def _appointed(self, pair) -> tuple[str, str]:
        data = {"login": "karl", "reason": "Regiondirektören har skrivit."}
        shown = pair[0].post("/behorigheter/17/forslag", data=data)
        assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "no-store")
        code = read(shown).find("//*[@id='kod']")[0].text
        answer = pair[1].post("/behorigheter/17/forslag/bekrafta")
        page = read(answer)
        assert "Personen behöver också koden som visades för first" in page.text and code not in page.text
        return page.find("//*[@id='lank']")[0].text, code

    def test_the_person_chooses_a_password_with_both(self, pair, client):
        link, code = self._appointed(pair)
        for other in pair:
            assert code not in read(other.get("/behorigheter/17/")).text
        page = read(client.post("/valj-losenord", data={"code": link}))
        assert page.find("//input[@name='second']") and "Kod från den som föreslog dig" in page.text
        chosen = {"code": link, "new": CHOSEN, "again": CHOSEN}
        assert "Skriv koden." in read(client.post("/valj-losenord", data=chosen), 422).text
        wrong = client.post("/valj-losenord", data=chosen | {"second": "K7QM-2XHD-PR9B"})
        assert "Skriv koden som du har fått av den som föreslog dig" in read(wrong, 422).text
        assert client.post("/valj-losenord", data=chosen | {"second": code}).status_code == 302
        assert client.get("/uppgifter/").status_code == 200

    def test_other_links_ask_for_no_code(self, app, client, pair, actor, organisations):
        person = actor("mottagare", (Role.RECIPIENT, "nationell-uppfoljning"))
        page = read(pair[0].post(f"/administration/personer/{person.person_id}/losenord"))
        link = page.find("//*[@id='lank']")[0].text
        assert "Personen behöver också koden" not in page.text
        shown = read(client.post("/valj-losenord", data={"code": link}))
        assert not shown.find("//input[@name='second']")
        assert client.post("/valj-losenord", data={"code": link, "new": CHOSEN, "again": CHOSEN}).status_code == 302

    def test_a_regions_disclosing_officer_has_the_proposal_as_a_task_of_their_own(self, pair, actor, signed_in):
        actor("own", (Role.REGION_ADMINISTRATOR, "17"))
        officer = signed_in(actor("officer", (Role.DISCLOSING_OFFICER, "17")))
        data = {"login": "karl", "reason": "Regiondirektören har skrivit."}
        assert pair[0].post("/behorigheter/17/forslag", data=data).status_code == 200
        page = read(officer.get("/uppgifter/mine"))
        assert "Registrets administratörer föreslår en administratör för din region." in page.text
        assert "Säg nej före" in page.text
        assert officer.post("/behorigheter/17/forslag/ta-tillbaka").status_code == 302
        assert "Säg nej före" not in read(officer.get("/uppgifter/mine")).text

    def test_a_first_administrator_is_no_task_of_a_disclosing_officer(self, pair, actor, signed_in):
        officer = signed_in(actor("officer", (Role.DISCLOSING_OFFICER, "17")))
        data = {"login": "karl", "reason": "Regiondirektören har skrivit."}
        assert pair[0].post("/behorigheter/17/forslag", data=data).status_code == 200
        assert "Säg nej" not in read(officer.get("/uppgifter/")).text


def test_commands_show_the_code_to_one_and_the_link_to_the_other(app, organisations, actor):
    for login in ("first", "second"):
        actor(login, (Role.ADMINISTRATOR, "forvaltare"))
    _created("karl")
    actor("nina", (Role.DATA_OFFICER, "18"))
    run = app.test_cli_runner().invoke
    proposed = run(args=["administrators", "propose", "17", "karl", "--reason", "Ja.", "--as", "first"])
    code = proposed.output.strip().splitlines()[-1]
    assert len(code) == len(second_codes.make()) and "shown only now" in proposed.output
    confirmed = run(args=["administrators", "confirm", "17", "--as", "second"])
    assert "also needs the code" in confirmed.output and code not in confirmed.output
    assert (
        "shown only now"
        not in run(args=["administrators", "propose", "18", "nina", "--reason", "Ja.", "--as", "first"]).output
    )
    assert "/valj-losenord" not in run(args=["administrators", "confirm", "18", "--as", "second"]).output
