"""What this sub-package gives to the house."""

from legal_checks.finding_texts import FINDING_TEXTS
from registry.plugin import Plugin
from submission_portal.legal_questions.finding_texts import TEXTS
from submission_portal.legal_questions.identity_numbers import identity_number_in, identity_numbers_in_file
from submission_portal.legal_questions.views import blueprint

plugin = Plugin(
    name="legal_questions",
    blueprints=(blueprint,),
    finding_texts=(*FINDING_TEXTS, *TEXTS),
    text_objections=(identity_number_in,),
    file_objections=(identity_numbers_in_file,),
)
