"""Everything that the findings of this package say, in Swedish and English."""

from information_models.finding_texts.content import IN_CONTENT
from information_models.finding_texts.delivered import IN_A_FILE
from information_models.finding_texts.rules import IN_A_RULE

TEXTS = (*IN_A_FILE, *IN_A_RULE, *IN_CONTENT)
