"""What must not stand in a text that people write, or in a file that they send in: each plug-in may object."""

from collections.abc import Iterable, Mapping, Sequence

from flask import current_app

from registry.finding_catalogue import AnswerKind
from registry.findings import Finding


def objection_to_text(texts: Iterable[str]) -> Finding | None:
    """What the house has against one of ``texts``, if anything: the first objection of any plug-in (`Plugin.text_objections`)."""
    objections = current_app.extensions["registry"].text_objections
    found = (objection(text) for text in texts for objection in objections)
    return next((finding for finding in found if finding is not None), None)


def objection_to_file(name: str, columns: Mapping[str, Sequence[str]]) -> Finding | None:
    """What the house has against keeping a file, if anything (`Plugin.file_objections`). ``columns``: its texts, by what they
    are said as. What stops it comes before what is asked (`is_question`)."""
    objections = current_app.extensions["registry"].file_objections
    found = [finding for objection in objections if (finding := objection(name, columns)) is not None]
    return min(found, key=is_question, default=None)


def is_question(finding: Finding) -> bool:
    """Whether the sender may answer that what was found is something else."""
    entry = current_app.extensions["registry"].catalogue[finding.code]
    return bool(entry.answer is AnswerKind.NOT_IDENTITY)
