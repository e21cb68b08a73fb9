"""A model that nobody could deliver under is stopped where it is sent to review, and its page says what is wrong."""

import pytest

from information_models.kinds import MODEL
from registry.db import db, transaction
from registry.items import queries as items
from registry.items import services
from registry.items.lifecycle import State
from registry.items.tables import Version
from tests.conftest import NOW
from tests.pages import read

MONTHLY = "manadsuppgifter-per-sjukhus"


def drafted(modeller, change) -> str:
    with transaction() as session:
        item = items.item_by_slug(session, MODEL, MONTHLY)
        content = items.current_by_slug(session, MODEL, MONTHLY).content
        change(content)
        return services.draft_successor(session, modeller, NOW, item=item, content=content, reason="Prov.").id


def doubled_heading(content) -> None:
    first, second = (one for one in content["elements"][3:5])
    second["aliases"] = [*second["aliases"], first["label"]["sv"].upper()]


def unknown_code(content) -> None:
    text = {"sv": "Prov", "en": "Trial"}
    content["rules"].append(
        {"id": "ny", "severity": "error", "expression": "vardform <> 'finns-inte'", "text": text, "reason": text}
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (doubled_heading, "känns igen på samma rubrik"),
        (unknown_code, "Regeln ny nämner «finns-inte», som vårdform aldrig är"),
    ],
)
def test_it_stays_a_draft_and_the_page_says_why(signed_in, modeller, change, said):
    author, version_id = signed_in(modeller), drafted(modeller, change)
    answer = author.post(f"/granskning/version/{version_id}/skicka", data={"change": "different"})
    assert said.lower() in read(answer, status=answer.status_code).text.lower()
    assert answer.status_code in (409, 422)
    db.session.expire_all()
    assert db.session.get_one(Version, version_id).state == State.DRAFT
