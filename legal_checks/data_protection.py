"""Data protection: the provisions behind the ground for processing, and what its end date means for a day.

A government assignment can be a ground, and it ends. The registry therefore never keeps a ground without an end date:
it warns ahead of time and refuses after it, clearly, and says who can do something about it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from legal_checks.finding_texts import FINDINGS
from legal_checks.provisions import REPORT, Provision, Verification
from registry.findings import Finding, Text

WARN_AHEAD = timedelta(days=90)
"""How long before its end a ground is warned about: time for one decision and one renewed flow."""

PROVISIONS: tuple[Provision, ...] = (
    Provision(
        id="gdpr-6",
        citation=Text("GDPR art. 4, 5.1, 6.1 e, 6.3 och 9", "GDPR art. 4, 5.1, 6.1 e, 6.3 and 9"),
        says=Text(
            "En uppgift är personuppgift också när en person går att ringa in indirekt. Behandlingen behöver en grund; ett "
            "allmänt intresse ska vara fastställt i nationell rätt. Uppgifter om hälsa är känsliga och kräver ett undantag.",
            "Data is personal also where a person can be singled out indirectly. Processing needs a ground; a public interest "
            "has to be laid down in national law. Data on health is sensitive and needs an exception.",
        ),
        asks=Text(
            "Är det personuppgifter (småtal)? Vilken grund? Är uppgifterna så få och så skyddade som möjligt?",
            "Is it personal data (small numbers)? Which ground? Is the data as little and as protected as possible?",
        ),
        verification=Verification.REPORTED,
        source=REPORT,
    ),
    Provision(
        id="gdpr-30-35",
        citation=Text("GDPR art. 30, 35 och 89", "GDPR art. 30, 35 and 89"),
        says=Text(
            "Behandlingen förtecknas, risker bedöms i förväg, och statistik och forskning får skyddsåtgärder.",
            "Processing is put on record, its risks are assessed beforehand, and statistics and research are given safeguards.",
        ),
        asks=Text(
            "Står behandlingen i registerförteckningen, och är en konsekvensbedömning gjord?",
            "Is the processing in the record of processing, and was an impact assessment made?",
        ),
        verification=Verification.PARTLY,
        source=REPORT,
    ),
    Provision(
        id="lag-2018-218",
        citation=Text("Lag 2018:218, 2:2 och 3:3", "Act 2018:218, 2:2 and 3:3"),
        says=Text(
            "En uppgift av allmänt intresse ska följa av författning, kollektivavtal eller beslut med stöd av författning, "
            "till exempel ett regeringsbeslut. Känsliga uppgifter kräver dessutom en avvägning i det enskilda fallet.",
            "A task of public interest has to follow from statute, collective agreement or a decision under statute, for "
            "instance a government decision. Sensitive data also needs a weighing in the single case.",
        ),
        asks=Text(
            "Vilket beslut bär behandlingen, och gäller det fortfarande?",
            "Which decision carries the processing, and is it still in force?",
        ),
        verification=Verification.REPORTED,
        source=f"{REPORT}; prop. 2017/18:105 s. 189 och 194",
    ),
    Provision(
        id="pdl-2-4",
        citation=Text("Patientdatalagen 2:4–2:8", "Patient Data Act 2:4–2:8"),
        says=Text(
            "Uppföljning och statistik är tillåtna ändamål i vården. Varje myndighet i en region ansvarar för sin egen "
            "behandling.",
            "Follow-up and statistics are permitted purposes in health care. Each authority within a region answers for its "
            "own processing.",
        ),
        asks=Text(
            "För vilket ändamål tar regionen fram sammanställningen, och vem är personuppgiftsansvarig?",
            "For which purpose does the region compile the data, and who is the controller?",
        ),
        verification=Verification.TEXT_READ,
        source="SFS 2008:355",
    ),
)


class GroundStanding(StrEnum):
    """Where a ground stands on a day."""

    VALID = "valid"
    ENDS_SOON = "ends_soon"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class LegalGround:
    """What a flow rests on: the decision or statute, where it is found, and its last day."""

    title: Text
    reference: str
    valid_to: date

    def standing(self, on: date) -> GroundStanding:
        """Where the ground stands on the day; its last day is still valid.

        >>> ground = LegalGround(Text("Uppdrag", "Assignment"), "S2023/1", date(2026, 12, 31))
        >>> [ground.standing(on).value for on in (date(2026, 10, 1), date(2026, 10, 2), date(2026, 12, 31), date(2027, 1, 1))]
        ['valid', 'ends_soon', 'ends_soon', 'ended']
        """
        if on > self.valid_to:
            return GroundStanding.ENDED
        return GroundStanding.ENDS_SOON if self.valid_to - on <= WARN_AHEAD else GroundStanding.VALID


def check_ground(ground: LegalGround, on: date) -> tuple[Finding, ...]:
    """What is to be said about the ground on the day: nothing, that it ends soon (warning), or that it has ended (error)."""
    standing = ground.standing(on)
    if standing is GroundStanding.ENDED:
        return (FINDINGS.found("DAT-001", {"valid_to": ground.valid_to.isoformat(), "ground": ground.reference}),)
    if standing is GroundStanding.ENDS_SOON:
        days = (ground.valid_to - on).days
        return (
            FINDINGS.found(
                "DAT-002",
                {"valid_to": ground.valid_to.isoformat(), "ground": ground.reference, "days": days},
            ),
        )
    return ()
