"""What every finding about a delivery says, in Swedish and English; those about its file are in `reading`."""

from information_models.finding_texts.all import TEXTS as MODEL_TEXTS
from registry.finding_catalogue import Catalogue
from submission_portal.deliveries.finding_texts.corrections import CORRECTED
from submission_portal.deliveries.finding_texts.flow_files import FLOW_FILES
from submission_portal.deliveries.finding_texts.gaps import GAPS
from submission_portal.deliveries.finding_texts.history import COMPARED
from submission_portal.deliveries.finding_texts.law import LEGAL
from submission_portal.deliveries.finding_texts.parts import DIVIDED
from submission_portal.deliveries.finding_texts.rows import TIMES
from submission_portal.deliveries.finding_texts.standing_disclosures import STANDING_DISCLOSURES
from submission_portal.deliveries.finding_texts.steps import STEPS
from submission_portal.deliveries.finding_texts.units import REGISTERED
from submission_portal.deliveries.reading.finding_texts.all import TEXTS as READING

TEXTS = (
    *READING,
    *GAPS,
    *COMPARED,
    *CORRECTED,
    *TIMES,
    *LEGAL,
    *STEPS,
    *DIVIDED,
    *REGISTERED,
    *STANDING_DISCLOSURES,
    *FLOW_FILES,
)

FINDINGS = Catalogue((*TEXTS, *MODEL_TEXTS))
"""Everything that can be found about a delivery: of its file, of its rows under its model, and of what happens to it."""
