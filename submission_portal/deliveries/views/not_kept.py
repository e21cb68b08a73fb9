"""An upload of which nothing is kept: the question about what may be identity numbers, and the record of a refusal."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from registry import clock
from registry.actors import Actor
from registry.db import transaction
from registry.errors import Refused
from registry.items.tables import Version
from registry.web.problems import readable
from submission_portal.deliveries.forms import UploadForm
from submission_portal.deliveries.identity_numbers import answer_of
from submission_portal.deliveries.identity_refusals import (
    asks_for_answer,
    is_recorded,
    keyed_hash,
    record_refusal,
)
from submission_portal.deliveries.pages.stopping_findings import StoppingFinding, stopping_finding
from submission_portal.deliveries.reading.reader import Reading


@dataclass(frozen=True, slots=True)
class NotKept:
    """What the upload page says of a file that was not kept."""

    findings: tuple[StoppingFinding, ...]
    asks: bool
    """Whether the file can be sent again with an answer."""
    refusal_url: str | None
    """The page to hand on to the data protection officer, where the file was refused for identity numbers."""


def identity_answer_in(form: UploadForm, data: bytes) -> str | None:
    """What the sender says that it is which may be identity numbers, where it was said of this very file. What is wrong with
    it is said at the field, and ``None`` given."""
    try:
        answer = answer_of(form.identity_answer.data)
    except Refused as refused:
        found = readable(refused.finding)
        form.identity_answer.errors = [f"{found.title}. {found.mend}"]
        form.identity_answer.data = ""
        return None
    if answer and form.identity_asked.data != keyed_hash(data):
        form.identity_answer.errors = [_("The answer was given for another file. Answer for this one.")]
        return None
    return answer


def not_kept(actor: Actor, form: UploadForm, version: Version, reading: Reading, name: str, data: bytes) -> NotKept:
    """Record a refusal for identity numbers, and say what stops the file. The form then asks about this file."""
    refusal = None
    if is_recorded(reading.findings):
        with transaction() as session:
            refusal = record_refusal(
                session, actor, clock.now(), version=version, reading=reading, file_name=name, data=data
            )
    asks = asks_for_answer(reading.findings)
    form.identity_asked.data = keyed_hash(data)
    if not asks:  # the field is not on the page, and nor is what was wrong in it
        form.identity_answer.errors = []
    return NotKept(
        tuple(stopping_finding(one) for one in reading.findings),
        asks,
        url_for("deliveries.refused", identifier=refusal) if refusal else None,
    )
