"""The numbers of deliveries: one series a year, without gaps."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import insert_or_ignore
from registry.locks import holding
from submission_portal.deliveries.tables import NumberSeries


def hold_series(session: Session, year: int) -> NumberSeries:
    """The year's last number, held until the transaction ends: senders stand in line here.

    A later year that was begun goes on: a clock that was set back begins no old one anew.
    """
    query = holding(select(NumberSeries).where(NumberSeries.year >= year).order_by(NumberSeries.year.desc()).limit(1))
    found = session.scalar(query)
    if found is None:
        # Somebody else may begin the year at the same moment; then theirs is the row that is read below.
        insert_or_ignore(session, NumberSeries, year=year, last=0)
        found = session.scalars(query).one()
    return found
