"""The legal reviewer among closed compilations: the task, the page, the preview, deciding and ending."""

import re

import pytest
from sqlalchemy import func, select

from registry.actors import PUBLIC, Role
from registry.db import db
from registry.events import Event
from submission_portal.followup.compilations.tables import CompilationDecision
from submission_portal.followup.gateway import current_table
from submission_portal.followup.queries import figures_of
from tests.factories.compilations import BEDS, IVA, decide, intensive_care, view
from tests.factories.legal_answers import example_answers
from tests.factories.released_figures import REGIONS, World
from tests.pages import read
from tests.shown import as_shown

RECIPIENT = "nationell-uppfoljning"
LIST = "/granskning/sammanstallningar/"
PAGE = f"{LIST}{IVA}/intensive-care-capacity/public/0/year/"


@pytest.fixture
def iva(app, organisations):
    world = World.load(organisations)
    world.grown("intensive care", lambda: intensive_care(world))
    return world


@pytest.fixture
def reviewer(actor):
    return actor("rattsgranskare", (Role.LEGAL_REVIEWER, RECIPIENT))


def answered(*regions: str, outcome: str = "open", **more: str) -> dict[str, object]:
    fields: dict[str, object] = {
        "outcome": outcome,
        "reason": "Gammalt och redan känt.",
        "regions": list(regions),
        "least_age": "0",
    }
    for question, answer in example_answers(counts_persons=False).items():
        fields |= {f"q_{question}": answer.choice, f"q_{question}_reason": answer.reason}
    return fields | more


def digits(text: str) -> str:
    """The text without the spaces that stand in numbers."""
    return re.sub(r"(?<=[0-9])[\s\u00a0\u202f](?=[0-9]{3})", "", text)


def open_to_all() -> set[str]:
    shown = as_shown(current_table(db.session, IVA, PUBLIC), PUBLIC)
    return {one.region for one in figures_of(shown, but="00") if one.value is not None}


def test_days_are_written_as_people_write_them(iva, reviewer, signed_in):
    client = signed_in(reviewer)
    assert "Regioner, per år: 21 regioner, 2024" in read(client.get(LIST)).text
    client.post(f"{PAGE}besluta", data=answered("01", valid_until="2027-06-30"))
    page = read(client.get(PAGE)).text
    assert "till och med 30 juni 2027" in page
    assert "2024-01-01" not in page


def test_the_reviewer_finds_it_among_the_tasks_and_reads_what_closes_it(iva, reviewer, signed_in):
    client = signed_in(reviewer)
    for path in ("/uppgifter/", "/granskning/"):
        page = read(client.get(path))
        assert "Intensivvårdsplatser: sammanställning" in page.text
        assert LIST in page.links
    page = read(client.get(LIST))
    assert PAGE in page.links
    page = read(client.get(PAGE))
    for words in ("OSL 18:13", "21 regioner", "Sluten, ska beslutas", "mål 9636-21", "30 november 2026"):
        assert words in page.text, words
    assert not [one for one in BEDS.values() if str(one) in digits(page.text)], "not before it is asked for"


def test_a_decision_on_the_page_opens_it_and_ends_the_task(iva, reviewer, signed_in):
    client = signed_in(reviewer)
    answer = client.post(PAGE + "besluta", data=answered("01", "03", "04"))
    assert answer.status_code == 302, answer.text
    assert open_to_all() == {"01", "03", "04"}
    page = read(client.get(PAGE))
    assert "Öppnad" in page.text and "Gammalt och redan känt." in page.text
    answer = client.post(PAGE + "avsluta", data={"reason": "Läget är ett annat."})
    assert answer.status_code == 302 and open_to_all() == set()
    assert "Läget är ett annat." in read(client.get(PAGE)).text


def test_keeping_it_closed_needs_no_answers_and_ends_the_task(iva, reviewer, signed_in):
    client = signed_in(reviewer)
    for audience in ("public", "recipient"):
        path = f"{LIST}{IVA}/intensive-care-capacity/{audience}/0/year/besluta"
        assert client.post(path, data={"outcome": "keep_closed", "reason": "Beredskapen."}).status_code == 302
    assert open_to_all() == set()
    assert "Intensivvårdsplatser: sammanställning" not in read(client.get("/granskning/")).text


@pytest.mark.parametrize(
    "data, status, words",
    [
        ({}, 422, "Välj ett beslut."),
        (answered("01", reason=""), 422, "Skriv skälen."),
        (answered("01", valid_until="2020-01-01"), 409, "Sista dagen har varit"),
        (answered(), 409, "Regionerna är inte angivna"),
        (answered("77"), 422, "Regioner"),
        (answered("01", least_age="minus"), 422, "Dagar sedan"),
        ({"outcome": "open", "reason": "Skäl.", "regions": ["01"]}, 422, "Välj ett svar."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_comes_back(iva, reviewer, signed_in, data, status, words):
    answer = signed_in(reviewer).post(PAGE + "besluta", data=data)
    assert answer.status_code == status
    assert words in answer.text
    assert open_to_all() == set()


def test_the_preview_is_for_who_may_decide_and_is_logged(iva, reviewer, actor, signed_in):
    page = read(signed_in(reviewer).get(PAGE + "?visa=underlag"))
    assert all(str(one) in digits(page.text) for one in BEDS.values())
    (event,) = db.session.scalars(select(Event).where(Event.type == "CompilationPreviewed"))
    assert event.person_id == reviewer.person_id
    quality = signed_in(actor("kvalitet", (Role.QUALITY_REVIEWER, RECIPIENT)))
    assert quality.get(PAGE).status_code == 200
    assert quality.get(PAGE + "?visa=underlag").status_code == 403
    both = signed_in(actor("bada", (Role.LEGAL_REVIEWER, RECIPIENT), (Role.DATA_OFFICER, "25")))
    answer = both.get(PAGE + "?visa=underlag")
    assert answer.status_code == 409 and str(BEDS["01"]) not in digits(answer.text)
    previewed = select(func.count()).where(Event.type == "CompilationPreviewed")
    assert db.session.scalar(previewed) == 1


def test_others_find_no_such_page(iva, actor, signed_in, client):
    for path in (LIST, PAGE):
        assert client.get(path).status_code in (302, 401)
        assert signed_in(actor(f"m{len(path)}", (Role.RECIPIENT, RECIPIENT))).get(path).status_code == 403
    reader = signed_in(actor("granskare", (Role.LEGAL_REVIEWER, RECIPIENT)))
    assert reader.get(f"{LIST}{IVA}/fine-geography/public/1/day/").status_code == 404
    assert reader.get(f"{LIST}nothing/intensive-care-capacity/public/0/year/").status_code == 404
    assert reader.get(f"{LIST}{IVA}/x/").status_code == 404


def test_a_decision_that_nobody_can_name_any_more_is_still_there_to_be_ended(iva, reviewer, signed_in):
    """What a decision opened of days that were new is there when they are not."""
    decide(reviewer, view(iva, rule="near-real-time"), *REGIONS)
    client = signed_in(reviewer)
    path = f"{LIST}{IVA}/near-real-time/public/0/year/"
    assert path in read(client.get(LIST)).links
    assert client.post(path + "avsluta", data={"reason": "Behövs inte."}).status_code == 302
    assert db.session.scalars(select(CompilationDecision.end_reason)).all() == ["Behövs inte."]


def test_all_regions_are_ticked_at_once_where_that_is_asked_for(iva, reviewer, signed_in):
    client, ticked = signed_in(reviewer), ".//input[@name='regions'][@checked]"
    assert read(client.get(PAGE)).find(ticked) == []
    assert len(read(client.get(PAGE + "?regioner=alla")).find(ticked)) == 21
    decide(reviewer, view(iva), "01", "03")
    assert [one.get("value") for one in read(client.get(PAGE)).find(ticked)] == ["01", "03"]
