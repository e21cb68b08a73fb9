"""A consultation that has gone out, and those who answer it."""

import pytest

from registry.actors import Role
from registry.db import transaction
from registry.items import queries as items
from termbank.bank.queries.term_banks import concept_of
from termbank.consultations import services
from termbank.consultations.services import AskedText, Letter
from termbank.consultations.tally import Part
from tests.conftest import NOW
from tests.integration.termbank.consultations.acts import LAST, OPENED, REGIONS, SLUG


@pytest.fixture
def officers(actor):
    """Somebody with the mandate to send a region's answer, by region."""
    return {code: actor(f"utlamnare{code}", (Role.DISCLOSING_OFFICER, code)) for code in REGIONS}


@pytest.fixture
def opened(terminologist, organisations) -> str:
    """A consultation that has gone out to four regions and one body without an account; its id."""
    with transaction() as session:
        version = items.current_by_slug(session, "concept", SLUG)
        concept = concept_of(version)
        wording = {
            Part.TERM: {"sv": concept.title.sv},
            Part.DEFINITION: {"sv": concept.definition.sv, "en": concept.definition.en},
        }
        one = services.draft(
            session, terminologist, NOW, organisation_id=version.organisation_id,
            letter=Letter("Dnr 12/2026", "Påhittad remiss", "Vad tycker ni?", LAST), asked=[AskedText(version, wording)],
            organisations=[organisations[code] for code in REGIONS], others=["Påhittade förbundet"],
        )  # fmt: skip
        services.open_consultation(session, terminologist, OPENED, one, wordings={version.id: wording})
        return one.id
