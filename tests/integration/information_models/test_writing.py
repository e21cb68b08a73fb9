"""A modeller's work: a form, a file, a copy; review by a colleague; publication; what it breaks."""

import io
import json

import pytest

from information_models import queries
from information_models.kinds import CODE_LIST, MEASURE, MODEL
from information_models.starter.loading import measure_contents, model_contents
from information_models.views import writing
from registry.actors import Role
from registry.db import db, transaction
from registry.errors import Invalid
from registry.items import queries as items
from registry.items import services
from registry.items.lifecycle import Change, Outcome, State
from tests.conftest import NOW
from tests.pages import read

DAILY = "dagliga-vardplatser-per-avdelning"
ADDRESS = f"/modeller/{DAILY}/"


def form_data(page) -> dict[str, list[str]]:
    """What a browser would send of the page's main form, untouched."""
    data: dict[str, list[str]] = {}
    for control in page.find("//main//form[not(@action)]//*[self::input or self::textarea or self::select]"):
        name, kind = control.get("name"), control.get("type", "")
        if not name or kind in ("file", "submit"):
            continue
        if control.tag == "select":
            chosen = control.xpath(".//option[@selected]") or control.xpath(".//option")[:1]
            value = chosen[0].get("value") if chosen else ""
        elif control.tag == "textarea":
            value = (control.text or "").removeprefix("\n")
        elif kind in ("checkbox", "radio"):
            if control.get("checked") is None:
                continue
            value = control.get("value", "on")
        else:
            value = control.get("value", "")
        data.setdefault(name, []).append(value)
    return data


def draft_of(kind: str, slug: str):
    db.session.expire_all()
    return items.open_version(db.session, items.item_by_slug(db.session, kind, slug))


@pytest.mark.parametrize(
    ("kind", "slug", "address"),
    [
        (MODEL, DAILY, ADDRESS + "andra"),
        (MODEL, "publicerade-kvoter", "/modeller/publicerade-kvoter/andra"),
        (CODE_LIST, "sjukhus", "/modeller/kodlistor/sjukhus/andra"),
        (CODE_LIST, "publicerade-matt", "/modeller/kodlistor/publicerade-matt/andra"),
        *((MEASURE, slug, f"/modeller/matt/{slug}/andra") for slug in measure_contents()),
    ],
)
def test_a_form_that_is_saved_untouched_changes_nothing(signed_in, modeller, kind, slug, address):
    client = signed_in(modeller)
    page = read(client.get(address))
    before = items.current_by_slug(db.session, kind, slug)
    assert client.post(address, data={**form_data(page), "action": "save"}).status_code == 302
    assert draft_of(kind, slug).content_hash == before.content_hash


def test_a_changed_element_is_a_draft_that_others_do_not_see_and_then_a_version(client, signed_in, modeller, colleague):
    own = signed_in(modeller)
    data = form_data(read(own.get(ADDRESS + "andra")))
    data |= {
        "elements-3-maximum": ["100"],
        "elements-3-aliases": ["Platser"],
        "reason": ["Mindre avdelningar."],
        "action": ["save"],
    }
    read(own.get(own.post(ADDRESS + "andra", data=data).headers["Location"]))
    read(client.get(ADDRESS + "version/2/"), 404)
    with transaction() as session:
        draft = items.open_version(session, items.item_by_slug(session, MODEL, DAILY))
        services.submit(session, modeller, NOW, draft, change=Change.MEANING)
        services.decide(session, colleague, NOW, draft, requirement="model", outcome=Outcome.APPROVE, reason="Stämmer.")
        services.publish(session, colleague, NOW, draft, valid_from=NOW.date())
    page = read(client.get(ADDRESS))
    assert "0–100" in page.text and "bryter befintliga leveranser" in page.text
    assert "har snävare gränser" in page.text and "känns inte längre igen som" in page.text
    old = read(client.get(ADDRESS + "version/1/"))
    assert "0–500" in old.text and "Ersatt" in old.text


def test_of_a_large_term_bank_a_form_offers_what_is_named_and_what_is_found(signed_in, modeller, monkeypatch):
    client = signed_in(modeller)
    monkeypatch.setattr(writing, "MOST_OFFERED", 3)
    page = read(client.get(ADDRESS + "andra"))

    def offered(page):
        return {one.get("value") for one in page.find("//select[@name='elements-0-concept']/option")}

    assert "disponibel-vardplats" in offered(page) and "utskrivningsklar-patient" not in offered(page)
    found = client.post(
        ADDRESS + "andra", data={**form_data(page), "find_concept": ["utskrivningsklar"], "action": ["find"]}
    )
    assert "utskrivningsklar-patient" in offered(read(found)) and draft_of(MODEL, DAILY) is None


def test_checking_tells_what_is_wrong_and_keeps_nothing(signed_in, modeller):
    client = signed_in(modeller)
    data = form_data(read(client.get(ADDRESS + "andra")))
    data |= {"rules-0-expression": ["belagda / disponibla < 2"], "action": ["check"]}
    page = read(client.post(ADDRESS + "andra", data=data))
    assert "otillåtna tecken" in page.text
    assert draft_of(MODEL, DAILY) is None


def test_a_rule_that_cannot_be_read_may_be_kept_as_a_draft_but_not_sent_to_review(signed_in, modeller):
    client = signed_in(modeller)
    data = form_data(read(client.get(ADDRESS + "andra")))
    data |= {"rules-0-expression": ["belagda <"], "action": ["save"]}
    review = read(client.get(client.post(ADDRESS + "andra", data=data).headers["Location"]))
    assert "går inte att läsa" in review.text
    draft = draft_of(MODEL, DAILY)
    read(client.get(ADDRESS + "version/2/"))
    client.post(f"/granskning/version/{draft.id}/skicka", data={"change": "meaning"})
    assert draft_of(MODEL, DAILY).state == State.DRAFT


def test_rows_can_be_added_and_an_element_taken_away(signed_in, modeller):
    client = signed_in(modeller)
    data = form_data(read(client.get(ADDRESS + "andra")))
    grown = read(client.post(ADDRESS + "andra", data={**data, "action": "rows"}))
    assert len(grown.find("//details[.//input[contains(@name, '-label_sv')]]")) > len(
        model_contents()[DAILY]["elements"]
    )
    data |= {"elements-6-name": [""], "rules-2-id": [""], "action": ["save"]}
    assert client.post(ADDRESS + "andra", data=data).status_code == 302
    names = [element["name"] for element in draft_of(MODEL, DAILY).content["elements"]]
    assert names == ["dag", "sjukhus", "avdelning", "disponibla", "belagda", "overbelaggningar"]


def upload(client, content, **data):
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return client.post("/modeller/ny", data={"file": (io.BytesIO(body), "modell.json"), "anew": "y", **data})


def test_a_file_becomes_a_new_model_bound_to_what_is_published(signed_in, modeller):
    client = signed_in(modeller)
    answer = upload(client, {**model_contents()[DAILY], "slug": "provmodell"})
    assert answer.status_code == 302
    draft = draft_of(MODEL, "provmodell")
    assert all(e["concept_version"] for e in draft.content["elements"] if e["concept"])
    assert draft.content["lockfile"]
    read(client.get(answer.headers["Location"]))
    read(client.get("/modeller/provmodell/"))


def test_a_model_file_that_was_changed_by_hand_becomes_the_next_draft(signed_in, modeller):
    client = signed_in(modeller)
    stored = json.loads(client.get(ADDRESS + "version/1/model-file").data)
    stored["model"]["title"]["sv"] = "Ny titel"
    assert upload(client, stored).status_code == 302
    assert draft_of(MODEL, DAILY).content["title"]["sv"] == "Ny titel"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04", "filen är inte JSON"),
        ({"content_schema": "okand/1"}, "ska vara något av"),
        ([], "ska vara något av"),
        ({"content_schema": "model/1"}, "fältet saknas"),
        ({**model_contents()[DAILY], "lockfile": [1.5]}, "är ingen kontrollsumma"),
        ({**model_contents()[DAILY], "slug": "a\ud800"}, "Namn i adressen: ska ha små bokstäver"),
        ({**model_contents()[DAILY], "description": {"sv": "a\u0000", "en": "b"}}, "har styrtecken"),
        (b"[" * 100_000, "filen är inte JSON"),
    ],
)
def test_a_file_that_is_no_content_is_refused_with_its_reason(signed_in, modeller, content, told):
    page = read(upload(signed_in(modeller), content), 422)
    assert told in page.text


def test_a_copy_begins_from_a_published_model(signed_in, modeller):
    client = signed_in(modeller)
    data = {"base": DAILY, "slug": "kopia", "title_sv": "Kopia", "title_en": "Copy"}
    assert client.post("/modeller/ny/kopia", data=data).headers["Location"].endswith("/modeller/kopia/andra")
    assert draft_of(MODEL, "kopia").content["title"] == {"sv": "Kopia", "en": "Copy"}
    taken = read(client.post("/modeller/ny/kopia", data=data), 409)
    assert "Namnet är upptaget" in taken.text
    read(client.post("/modeller/ny/kopia", data={**data, "slug": "Å Ä"}), 422)


def test_a_modeller_of_another_organisation_may_not_change_it(signed_in, actor, models):
    client = signed_in(actor("annan", (Role.MODELLER, "25")))
    read(client.get(ADDRESS + "andra"), 403)
    assert upload(client, model_contents()[DAILY]).status_code == 403


def test_a_modeller_is_told_that_a_wording_was_replaced(signed_in, modeller):
    from registry.actors import SYSTEM
    from registry.items.starter import publish_loaded
    from termbank.notions import CONCEPT

    with transaction() as session:
        concept = items.item_by_slug(session, CONCEPT, "vardplats")
        content = items.current(session, concept).content
        content["definition"] = {"sv": "plats för vård av patient", "en": "place for the care of a patient"}
        draft = services.draft_successor(session, SYSTEM, NOW, item=concept, content=content)
        publish_loaded(session, NOW, draft, change=Change.MEANING, valid_from=NOW.date())
    client = signed_in(modeller)
    assert "en nyare är publicerad" in read(client.get(ADDRESS)).text
    from information_models.panels import outdated_bindings

    with client.application.test_request_context():
        tasks = outdated_bindings(db.session, modeller, NOW)
    assert "Dagliga vårdplatser per avdelning" in [task.title for task in tasks]
    data = form_data(read(client.get(ADDRESS + "andra")))
    client.post(ADDRESS + "andra", data={**data, "anew": "y", "action": "save"})
    draft = queries.model_of(draft_of(MODEL, DAILY))
    assert items.current_by_slug(db.session, CONCEPT, "vardplats").content_hash in draft.lockfile


def test_an_element_without_a_heading_is_an_error_at_its_field(signed_in, modeller):
    client = signed_in(modeller)
    data = form_data(read(client.get(ADDRESS + "andra")))
    data |= {"elements-3-label_sv": [""], "action": ["save"]}
    page = read(client.post(ADDRESS + "andra", data=data), 422)
    assert page.find("//a[@href='#elements-3-label_sv']")
    assert page.find("//details[@open]//input[@id='elements-3-label_sv']")
    assert draft_of(MODEL, DAILY) is None


def test_the_page_of_a_draft_with_faults_says_so_and_makes_nothing_from_it(signed_in, modeller):
    client = signed_in(modeller)
    data = form_data(read(client.get(ADDRESS + "andra")))
    data |= {"period_element": ["okand"], "key": ["okand"], "region_element": ["okand"], "action": ["save"]}
    assert client.post(ADDRESS + "andra", data=data).status_code == 302
    page = read(client.get(ADDRESS + "version/2/"))
    assert "Utkastet har fel" in page.text
    assert not any("xlsx-template" in link for link in page.links)
    assert client.get(ADDRESS + "version/2/json-schema").status_code == 422
    assert client.get(ADDRESS + "version/1/json-schema").status_code == 200


def submitted(kind: str, slug: str, modeller) -> list[str]:
    """The codes that stop a draft from being sent to review."""
    with pytest.raises(Invalid) as stopped, transaction() as session:
        draft = items.open_version(session, items.item_by_slug(session, kind, slug))
        services.submit(session, modeller, NOW, draft, change=Change.MEANING)
    return [finding.code for finding in stopped.value.findings]


def test_a_measure_that_disagrees_with_its_model_is_not_sent_to_review(signed_in, modeller):
    client = signed_in(modeller)
    content = client.get("/modeller/matt/utlokaliserade-patienter/version/1/innehall.json").json
    assert upload(client, {**content, "element": "finns_inte"}).status_code == 302
    read(client.get("/modeller/matt/utlokaliserade-patienter/?version=2"))
    assert submitted(MEASURE, "utlokaliserade-patienter", modeller) == ["MEA-001"]
    upload(client, {**content, "aggregation": "as_published", "dimensions": []})
    assert submitted(MEASURE, "utlokaliserade-patienter", modeller) == ["MEA-007"]
    upload(client, {**content, "model_version": "0" * 64}, anew="")
    assert submitted(MEASURE, "utlokaliserade-patienter", modeller) == ["MEA-004"]


def test_a_model_bound_to_a_version_that_is_not_there_is_not_sent_to_review(signed_in, modeller):
    client = signed_in(modeller)
    content = client.get(ADDRESS + "version/1/innehall.json").json
    content["elements"][3]["concept_version"] = "0" * 64
    content["elements"][1]["code_list_version"] = content["elements"][4]["concept_version"]
    assert upload(client, content, anew="").status_code == 302
    assert submitted(MODEL, DAILY, modeller) == ["MOD-015", "MOD-014"]
