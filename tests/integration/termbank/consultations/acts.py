"""What is done in a consultation, through the services; and its days."""

from datetime import datetime, time, timedelta

from registry import clock
from registry.db import db, transaction
from termbank.consultations import answers
from termbank.consultations.answers import Said, Written
from termbank.consultations.tables import Consultation
from termbank.consultations.tally import Part

SLUG = "faststalld-vardplats"
OPENED = clock.now()
LAST = clock.today() + timedelta(days=30)
DEFINITION, TERM = (1, Part.DEFINITION), (1, Part.TERM)
REGIONS = ("24", "25", "03", "08")


def at_hour(day, hour=12) -> datetime:
    """A Swedish hour of a day."""
    return datetime.combine(day, time(hour), clock.SWEDISH)


AFTER = at_hour(LAST + timedelta(days=1))


def reread(consultation_id) -> Consultation:
    """The consultation as it is stored now."""
    db.session.expire_all()
    return db.session.get_one(Consultation, consultation_id)


def send(consultation_id, officer, organisation, position, now=OPENED, *, is_sent=True, **said):
    """What an officer says of the definition is kept, and sent; the id of the opinion."""
    with transaction() as session:
        one = session.get_one(Consultation, consultation_id)
        written = Written({DEFINITION: Said(position, **said)})
        return answers.save_opinion(session, officer, now, one, organisation, written, is_sent=is_sent).id
