"""Everything that the findings of this package say, in Swedish and English."""

from information_models.finding_texts.content import IN_CONTENT
from information_models.finding_texts.delivered import IN_A_FILE
from information_models.finding_texts.formats import IN_A_FORMAT
from information_models.finding_texts.rules import IN_A_RULE
from registry.finding_catalogue import Catalogue
from registry.finding_texts import MISSHAPEN

TEXTS = (*IN_A_FILE, *IN_A_RULE, *IN_CONTENT, *IN_A_FORMAT)

FINDINGS = Catalogue((MISSHAPEN, *TEXTS))
"""Everything that can be found of content and files of this package."""
