"""A measure is written in a form from its first word to its publication, without JSON and without scripts."""

import pytest

from information_models.kinds import MEASURE
from information_models.starter.loading import measure_contents
from registry.actors import Role
from registry.db import transaction
from registry.items import queries as items
from registry.items import services, withdrawing
from registry.items.lifecycle import Change, Outcome
from registry.starter import STEWARD
from tests.conftest import NOW
from tests.integration.information_models.test_writing import draft_of, form_data
from tests.pages import read

NEW = "/modeller/matt/nytt?modell=manadsuppgifter-per-sjukhus"
RATE = "overbelaggningar-per-100-sjukhus"
WRITTEN = {
    "slug": ["overbelaggningar-per-1000"],
    "title_sv": ["Överbeläggningar per 1 000 (prov)"],
    "title_en": ["Overcrowding per 1,000 (a trial)"],
    "description_sv": ["Ett mått för prov."],
    "description_en": ["A measure for trials."],
    "element": ["overbelaggningar"],
    "aggregation": ["ratio"],
    "denominator": ["disponibla"],
    "per": ["1000"],
    "unit_sv": ["per 1 000 vårdplatser"],
    "unit_en": ["per 1,000 beds"],
    "decimals": ["2"],
    "dimensions-0": ["sjukhus"],
    "where-0-element": ["vardform"],
    "where-0-code": ["psykiatrisk"],
    "country": ["none"],
    "concepts": ["overbelaggning", "disponibel-vardplats"],
    "notes_sv": ["Påhittat."],
    "notes_en": ["Made up."],
    "known_totals-0-period": ["2026-10"],
    "known_totals-0-region": ["25"],
    "known_totals-0-value": ["12.5"],
    "known_totals-0-explanation_sv": ["Påhittad."],
    "known_totals-0-explanation_en": ["Made up."],
    "known_totals-0-source_title": ["Ingen (påhittad)"],
    "not_joined-0-measure": [RATE],
    "not_joined-0-reason_sv": ["En annan vårdform."],
    "not_joined-0-reason_en": ["Another care form."],
    "source_title": ["Ingen (påhittad)"],
    "action": ["save"],
}


def written(client, **changed: list[str]):
    data = form_data(read(client.get(NEW))) | WRITTEN | changed
    return client.post(NEW, data=data)


def test_a_new_measure_is_written_in_the_form_and_published(signed_in, modeller, colleague, client):
    own = signed_in(modeller)
    answer = written(own)
    assert answer.status_code == 302, [one.text for one in read(answer, 422).find("//*[@class='error']")]
    draft = draft_of(MEASURE, "overbelaggningar-per-1000")
    assert draft.content["denominator"] == "disponibla" and draft.content["per"] == 1000
    assert draft.content["where"] == {"vardform": "psykiatrisk"}
    assert draft.content["dimensions"] == ["sjukhus"]
    assert draft.content["known_totals"][0]["source"]["title"] == "Ingen (påhittad)"
    assert draft.content["model_version"] and len(draft.content["concept_versions"]) == 2
    with transaction() as session:
        version = items.open_version(session, items.item_by_slug(session, MEASURE, "overbelaggningar-per-1000"))
        services.submit(session, modeller, NOW, version, change=Change.NEW)
        services.decide(
            session, colleague, NOW, version, requirement="measure", outcome=Outcome.APPROVE, reason="Stämmer."
        )
        services.publish(session, colleague, NOW, version, valid_from=NOW.date())
    page = read(client.get("/modeller/matt/overbelaggningar-per-1000/"))
    assert "Delas med" in page.text and "per 1 000" in page.text


def test_the_measure_that_is_written_is_the_same_when_the_form_is_saved_again(signed_in, modeller):
    client = signed_in(modeller)
    written(client)
    before = draft_of(MEASURE, "overbelaggningar-per-1000").content_hash
    address = "/modeller/matt/overbelaggningar-per-1000/andra"
    assert client.post(address, data={**form_data(read(client.get(address))), "action": "save"}).status_code == 302
    assert draft_of(MEASURE, "overbelaggningar-per-1000").content_hash == before


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"slug": ["Å Ä"]}, "slug"),
        ({"unit_sv": [""]}, "unit_sv"),
        ({"decimals": ["nio"]}, "decimals"),
        ({"denominator": [""]}, "denominator"),
        ({"denominator": ["overbelaggningar"]}, "denominator"),
        ({"aggregation": ["sum"]}, "denominator"),
        ({"aggregation": ["as_published"], "denominator": [""], "country": ["sum"]}, "aggregation-0"),
        ({"aggregation": ["as_published"], "denominator": [""], "where-0-element": [""]}, "where-0-element"),
        ({"concerns_persons": []}, "concerns_persons"),
        ({"element": ["manad"]}, "element"),
        ({"period_kinds": []}, "period_kinds-0"),
        ({"known_totals-0-period": ["hösten"]}, "known_totals-0-period"),
        ({"known_totals-0-value": ["många"]}, "known_totals-0-value"),
        ({"known_totals-0-source_title": [""]}, "known_totals-0-source_title"),
        ({"source_url": ["ftp://x"]}, "source_url"),
        ({"source_date": ["i mars"]}, "source_date"),
        ({"not_joined-0-reason_sv": [""]}, "not_joined-0-reason_sv"),
    ],
)
def test_an_error_is_linked_to_its_field(signed_in, modeller, changed, field):
    page = read(written(signed_in(modeller), **changed), 422)
    assert page.find(f"//div[@role='alert']//a[@href='#{field}']"), page.text
    assert page.find(f"//*[@id='{field}']")


def test_errors_are_told_in_the_order_of_the_page(signed_in, modeller):
    wrong = {
        "slug": ["Å"], "title_sv": [""], "decimals": [""], "source_url": ["ftp://x"], "known_totals-0-region": [""],
        "known_totals-0-source_title": [""],
    }  # fmt: skip
    page = read(written(signed_in(modeller), **wrong), 422)
    told = [link.get("href")[1:] for link in page.find("//div[@role='alert']//a")]
    assert told == list(wrong)


def test_a_name_that_is_taken_is_told_and_nothing_is_overwritten(signed_in, modeller):
    client = signed_in(modeller)
    assert "Namnet är upptaget" in read(written(client, slug=[RATE]), 409).text
    assert draft_of(MEASURE, RATE) is None


def test_another_model_gives_its_own_columns_to_choose_among(signed_in, modeller):
    client = signed_in(modeller)
    data = form_data(read(client.get(NEW)))
    data |= {"model": ["dagliga-vardplatser-per-avdelning"], "action": ["rows"]}
    page = read(client.post(NEW, data=data))
    assert page.find("//select[@id='element']/option[@value='belagda']")
    assert len(page.find("//details")) > 3


def test_what_a_published_measure_disagrees_about_is_told_at_its_field_and_kept_nowhere(signed_in, modeller):
    client = signed_in(modeller)
    address = f"/modeller/matt/{RATE}/andra"
    data = form_data(read(client.get(address))) | {"concerns_persons": [], "action": ["check"]}
    page = read(client.post(address, data=data))
    assert page.find("//a[@href='#concerns_persons']")
    assert "Inget att anmärka" not in page.text
    assert draft_of(MEASURE, RATE) is None


def test_a_measure_with_nothing_to_mend_is_told_so_when_it_is_checked(signed_in, modeller):
    client = signed_in(modeller)
    address = f"/modeller/matt/{RATE}/andra"
    data = form_data(read(client.get(address))) | {"action": ["check"]}
    assert "Inget att anmärka" in read(client.post(address, data=data)).text


def test_the_models_page_leads_to_a_new_measure(signed_in, modeller):
    page = read(signed_in(modeller).get("/modeller/ny"))
    assert page.find("//form[@action='/modeller/matt/nytt']//select[@name='modell']")


def test_every_measure_that_ships_can_be_read_into_the_form(signed_in, modeller):
    client = signed_in(modeller)
    for slug, content in measure_contents().items():
        page = read(client.get(f"/modeller/matt/{slug}/andra"))
        assert page.find(f"//select[@id='element']/option[@value='{content['element']}'][@selected]"), slug


@pytest.mark.parametrize(("language", "term"), [("sv", "överbeläggning"), ("en", "overcrowding")])
def test_a_concept_that_is_withdrawn_is_still_offered_by_its_term(signed_in, modeller, actor, language, term):
    author, other = (actor(name, (Role.TERMINOLOGIST, STEWARD)) for name in ("one", "another"))
    with transaction() as session:
        version = items.current_by_slug(session, "concept", "overbelaggning")
        entry = withdrawing.propose(session, author, NOW, version, reason="Prov.")
        withdrawing.decide(session, other, NOW, entry, is_granted=True, reason="Prov.")
    client = signed_in(modeller)
    client.set_cookie("language", language)
    labels = read(client.get(NEW)).find("//label[input[@name='concepts']]")
    assert term in [" ".join(label.itertext()).strip() for label in labels]
