"""Everything that the findings of this package say, in Swedish and English."""

from registry.finding_catalogue import Catalogue
from termbank.finding_texts.applications import IN_A_STATEMENT
from termbank.finding_texts.boundary_cases import IN_BOUNDARY_CASES
from termbank.finding_texts.comparing import IN_COMPARING
from termbank.finding_texts.consultations import IN_CONSULTATIONS
from termbank.finding_texts.content import IN_A_WORDING, IN_CONTENT
from termbank.finding_texts.editions import IN_AN_EDITION
from termbank.finding_texts.exchange import IN_AN_IMPORT, LEFT_OUT
from termbank.finding_texts.question_sets import IN_A_QUESTION_SET
from termbank.finding_texts.schemes import IN_A_SCHEME
from termbank.finding_texts.sparql import IN_A_QUESTION
from termbank.finding_texts.vocabularies import IN_A_VOCABULARY

TEXTS = (
    *IN_CONTENT,
    *IN_A_SCHEME,
    *IN_A_WORDING,
    *IN_A_STATEMENT,
    *IN_A_QUESTION_SET,
    *IN_A_VOCABULARY,
    *IN_BOUNDARY_CASES,
    *IN_CONSULTATIONS,
    *LEFT_OUT,
    *IN_COMPARING,
    *IN_AN_IMPORT,
    *IN_AN_EDITION,
    *IN_A_QUESTION,
)

FINDINGS = Catalogue(TEXTS)
"""Everything that can be found of concepts, schemes and vocabularies."""
