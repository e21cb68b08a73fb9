"""A file of concepts in a form: looked through for identity numbers before anything of it is kept."""

from registry.errors import Refused
from registry.text_objections import is_question
from registry.web.guards import current_actor
from registry.web.problems import readable
from termbank.file_texts.searching import SearchedFile, search_sent
from termbank.forms.sent_files import SentFileForm


def searched_of(form: SentFileForm, data: bytes, name: str, organisation_id: str) -> SearchedFile | None:
    """The file, where it may be kept. Otherwise the form says why not, and asks where its sender may answer. For the edge: no
    transaction may be open."""
    try:
        return search_sent(current_actor(), organisation_id, data, name, is_answered=bool(form.looked.data))
    except Refused as refused:
        form.file.errors = [*form.file.errors, readable(refused.finding).in_full]
        form.is_asked = is_question(refused.finding)
        return None
