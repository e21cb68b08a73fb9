"""The pages of models, code lists and measures, as people meet them."""

import io
import json

import openpyxl
import pytest

from information_models.formats import model_file
from information_models.kinds import CODE_LIST
from registry.actors import SYSTEM
from registry.db import transaction
from registry.items import queries as items
from registry.items import services as lifecycle
from registry.items.lifecycle import Change
from registry.items.starter import publish_loaded
from registry.paging import SIZE
from tests.conftest import NOW
from tests.pages import read
from tests.statements import counted

DAILY = "/modeller/dagliga-vardplatser-per-avdelning/"
PAGES = (
    "/modeller/",
    DAILY,
    DAILY + "version/1/",
    "/modeller/publicerade-kvoter/",
    "/modeller/faststallda-vardplatser-per-sjukhus/",
    "/modeller/kodlistor/sjukhus/",
    "/modeller/kodlistor/sjukhus/?under=25",
    "/modeller/kodlistor/regioner/?version=1",
    "/modeller/matt/disponibla-vardplatser/",
    "/modeller/matt/overbelaggningar-per-100/",
    "/modeller/matt/utlokaliserade-patienter/",
    "/modeller/behov/",
    "/modeller/alla/modeller/",
    "/modeller/alla/matt/",
    "/modeller/alla/kodlistor/",
)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_is_a_page_in_both_languages(client, models, language):
    client.set_cookie("language", language)
    for address in PAGES:
        assert read(client.get(address)).tree.get("lang") == language


def test_a_page_costs_a_bounded_number_of_statements(client, models):
    for address in PAGES:
        client.get(address)
        with counted() as statements:
            client.get(address)
        assert len(statements) <= 16, (address, statements)


def test_a_long_list_is_begun_on_the_first_page_and_whole_by_itself(client, models):
    with transaction() as session:
        like = items.current_by_slug(session, CODE_LIST, "vardform")
        for number in range(SIZE):
            content = {
                **like.content,
                "slug": f"prov-{number:02}",
                "title": {"sv": f"Övning {number:02}", "en": "Trial"},
            }
            named = {"kind": CODE_LIST, "slug": content["slug"], "organisation_id": like.organisation_id}
            draft = lifecycle.create_item(session, SYSTEM, NOW, content=content, **named)
            publish_loaded(session, NOW, draft, change=Change.MEANING, valid_from=None)
    page = read(client.get("/modeller/"))
    assert "Övning 00" in page.text and "Övning 19" not in page.text
    [whole] = [link for link in page.links if "/modeller/alla/" in link]
    first = read(client.get(whole))
    [following] = first.find("//nav[contains(@class, 'pagination')]//a[@rel='next']/@href")
    told = [first.text, read(client.get(following)).text]
    assert all(sum(f"Övning {number:02}" in text for text in told) == 1 for number in range(SIZE))
    assert client.get("/modeller/alla/annat/").status_code == 404


def test_a_model_says_what_a_row_says_and_which_wording_an_element_is_bound_to(client, models):
    page = read(client.get(DAILY))
    assert "En rad per dag, sjukhus och avdelning säger" in page.text
    assert "Begreppet har ingen överenskommen definition." in page.text  # belagd vårdplats
    assert "/termbank/begrepp/overbelaggning/version/1/" in page.links
    assert "De belagda vårdplatserna är högst de disponibla plus överbeläggningarna." in page.text
    assert "Rör delvis personer" in page.text
    assert "/modeller/matt/utlokaliserade-patienter/" in page.links


def test_a_measure_explains_the_difference_of_two(client, models):
    page = read(client.get("/modeller/matt/disponibla-vardplatser/"))
    assert "23 885" in page.text.replace("\u00a0", " ") and "två mindre" in page.text


def test_the_two_series_lead_to_each_other_and_say_that_they_are_not_joined(client, models):
    page = read(client.get("/modeller/matt/overbelaggningar-per-100/"))
    assert "Inte samma serie" in page.text
    assert "/modeller/matt/overbelaggningar-per-100-manad/" in page.links


def test_a_code_list_can_be_seen_for_one_region(client, models):
    page = read(client.get("/modeller/kodlistor/sjukhus/?under=25"))
    assert "Sunderby sjukhus" in page.text and "Visby lasarett" not in page.text
    assert "Visby lasarett" in read(client.get("/modeller/kodlistor/sjukhus/")).text


@pytest.mark.parametrize(
    "address", ["/modeller/finns-inte/", DAILY + "version/9/", DAILY + "version/1/csv", "/modeller/matt/x/"]
)
def test_what_does_not_exist_says_so(client, models, address):
    read(client.get(address), 404)


def test_each_format_downloads_under_a_name_of_its_own(client, models):
    answer = client.get(DAILY + "version/1/model-file")
    loaded = model_file.read(answer.data)
    assert loaded.model.slug == "dagliga-vardplatser-per-avdelning"
    assert loaded.content_hash[:8] in answer.headers["Content-Disposition"]
    assert loaded.wordings["overbelaggning"].version
    assert json.loads(client.get(DAILY + "version/1/json-schema").data)["x-model-hash"] == loaded.content_hash
    assert json.loads(client.get(DAILY + "version/1/innehall.json").data)["content_schema"] == "model/1"


def test_the_template_is_in_the_readers_language_and_for_one_region(client, models):
    client.set_cookie("language", "en")
    book = openpyxl.load_workbook(io.BytesIO(client.get(DAILY + "version/1/xlsx-template?region=25").data))
    assert book.sheetnames[0] == "Figures"
    assert [cell.value for cell in book.worksheets[2]["A"]][2:] == ["65012", "65013", "65014", "65015", "65016"]
    everything = openpyxl.load_workbook(io.BytesIO(client.get(DAILY + "version/1/xlsx-template?region=../etc").data))
    assert everything.worksheets[2].max_row > 80


def test_a_data_officer_is_offered_a_template_with_the_own_regions_places(signed_in, data_officer):
    page = read(signed_in(data_officer).get(DAILY))
    assert DAILY + "version/1/xlsx-template?region=25" in page.links


def test_only_a_modeller_may_write(client, signed_in, data_officer):
    for address in (
        "/modeller/ny",
        DAILY + "andra",
        "/modeller/kodlistor/sjukhus/andra",
        "/modeller/matt/disponibla-vardplatser/andra",
    ):
        assert client.get(address).status_code == 302
        assert signed_in(data_officer).get(address).status_code == 403
