"""The lines and uses of the demonstration, as content: who delivers what, and what is done with it on what ground, for how long."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.provenance import Provenance
from submission_portal.flows.audiences import Audience
from submission_portal.flows.channels import Channel

POLICY_SOURCE = {
    "source": "Praxis hos AIHW (1–4 visas inte); ingen svensk bestämmelse anger ett tal.",
    "source_en": "Practice at AIHW (1–4 are not shown); no Swedish provision gives a number.",
}


@dataclass(frozen=True, slots=True)
class LinePlan:
    """A line to propose, and what is done with what it delivers: its slug, whose it is, which model it binds, and what it says."""

    slug: str
    discloser: tuple[str, str]
    proposer: str
    discloser_login: str
    model: str
    title: tuple[str, str]
    purpose: tuple[str, str]
    provenance: Provenance
    needs: tuple[str, ...] = ()
    concerns_persons: bool = False
    registry_number: str = ""

    def line(self, *, discloser: str, recipient: str, model_version: str, today: date) -> dict[str, Any]:
        """``line/1``: delivered whole, in the periods of its model, by every road: a developer tries the interface for machines here."""
        return {
            "content_schema": "line/1",
            "title": _both(self.title),
            "discloser": discloser,
            "recipient": recipient,
            "model": self.model,
            "model_version": model_version,
            "parts": None,
            "periodicity": [],
            "channels": [channel.value for channel in Channel],
            "valid_from": today.isoformat(),
            "valid_to": _end(today).isoformat(),
            "automatic": True,
            "provenance": self.provenance,
        }

    def use(self, audience: Audience, *, line: str, recipient: str, today: date) -> dict[str, Any]:
        """``use/1`` of the line with this item id: the recipient's own, or what it publishes to everybody. The ground of a
        demonstration ends with the year after the one it was made in."""
        end = _end(today).isoformat()
        is_public = audience is Audience.PUBLIC
        return {
            "content_schema": "use/1",
            "title": _both(PUBLICATION if is_public else FOLLOW_UP),
            "line": line,
            "recipient": recipient,
            "audience": audience.value,
            "purpose": _both(PUBLISHING if is_public else self.purpose),
            "needs": list(self.needs),
            "legal_ground": {**GROUNDS[self.provenance], "valid_to": end},
            "policy": {"threshold": 5, "zeros": "published", **POLICY_SOURCE},
            "retention": {"months": RETENTION_MONTHS},
            "covers_from": None,
            "succeeds": "",
            "valid_from": today.isoformat(),
            "valid_to": end,
            "provenance": self.provenance,
        }


def _both(texts: tuple[str, str]) -> dict[str, str]:
    return dict(zip(("sv", "en"), texts, strict=True))


def _end(today: date) -> date:
    return date(today.year + 1, 12, 31)


FOLLOW_UP = ("Nationell uppföljning", "National follow-up")
PUBLICATION = ("Öppen publicering", "Open publication")
PUBLISHING = (
    "Publicera siffrorna för alla, med det som skyddar enskilda dolt.",
    "Publish the figures to everybody, with what protects individuals hidden.",
)
RETENTION_MONTHS = 120
GROUNDS = {
    Provenance.REPRODUCED: {
        "title": {
            "sv": "Uppgifterna är redan publicerade; de återges här för att visa hur registret arbetar",
            "en": "The figures are published already; they are reproduced here to show how the registry works",
        },
        "reference": "TF 2 kap. 1 §; OSL 3:1 (demonstration)",
    },
    Provenance.MADE_UP: {
        "title": {
            "sv": "Påhittad: frivillig inlämning i ett pilotprojekt enligt regeringsuppdrag",
            "en": "Made up: voluntary submission in a pilot under a government assignment",
        },
        "reference": "OSL 6:5; dataskyddslagen 2018:218 2:2 (påhittat exempel)",
    },
}

NORRBOTTEN = LinePlan(
    slug="norrbotten-faststallda-vardplatser",
    discloser=("region", "25"),
    proposer="uppgiftslamnare-25",
    discloser_login="utlamnare-25",
    model="faststallda-vardplatser-per-sjukhus",
    title=("Fastställda vårdplatser, Norrbotten", "Established beds, Norrbotten"),
    purpose=(
        "Visa hur samma ordalydelse tillämpades på två sätt, och att brottet i serien syns med sin orsak.",
        "Show how the same wording was applied in two ways, and that the break in the series is seen with its cause.",
    ),
    provenance=Provenance.REPRODUCED,
    needs=("riktvarden/faststalld-vardplats",),
    registry_number="3754-2017 (återgivet)",
)
HALF_YEAR_RATES = LinePlan(
    slug="publicerade-kvoter-halvar",
    discloser=("steward", "forvaltare"),
    proposer="atergivare",
    discloser_login="utlamnare",
    model="publicerade-kvoter",
    title=("Publicerade kvoter per halvår, regioner och riket", "Published half-year rates, regions and the country"),
    purpose=(
        "Återge publicerade kvoter som de står, med riket som det publicerades.",
        "Reproduce published rates as they stand, with the country as it was published.",
    ),
    provenance=Provenance.REPRODUCED,
    concerns_persons=True,
)
MONTHLY_RATES = LinePlan(
    slug="publicerade-kvoter-manad",
    discloser=("steward", "forvaltare"),
    proposer="atergivare",
    discloser_login="utlamnare",
    model="publicerade-kvoter",
    title=("Publicerade kvoter per månad, Stockholm och riket", "Published monthly rates, Stockholm and the country"),
    purpose=(
        "Återge publicerade kvoter som de står, med riket som det publicerades.",
        "Reproduce published rates as they stand, with the country as it was published.",
    ),
    provenance=Provenance.REPRODUCED,
    concerns_persons=True,
)
DAILY = LinePlan(
    slug="exempelregionen-dagliga-vardplatser",
    discloser=("region", "99"),
    proposer="uppgiftslamnare-99",
    discloser_login="utlamnare-99",
    model="dagliga-vardplatser-per-avdelning",
    title=("Dagliga vårdplatser, Exempelregionen", "Daily beds, Example Region"),
    purpose=(
        "Påhittat exempel: pröva pilotens dagliga modell och hur småtal skyddas.",
        "Made-up example: try the pilot's daily model and how small numbers are protected.",
    ),
    provenance=Provenance.MADE_UP,
    needs=("lagesbild/disponibel-vardplats", "lagesbild/belagd-vardplats"),
    concerns_persons=True,
)


def available_beds(code: str, region: str) -> LinePlan:
    """One region's line of available beds."""
    name = region.removeprefix("Region ")
    return LinePlan(
        slug=f"disponibla-vardplatser-{code}",
        discloser=("region", code),
        proposer=f"uppgiftslamnare-{code}",
        discloser_login=f"utlamnare-{code}",
        model="disponibla-vardplatser-per-region-ar",
        title=(f"Disponibla vårdplatser, {name}", f"Available beds, {name}"),
        purpose=(
            "Återge disponibla vårdplatser per region och år, med skillnaden mot den publicerade rikssumman förklarad.",
            "Reproduce available beds per region and year, with the difference from the published national total explained.",
        ),
        provenance=Provenance.REPRODUCED,
    )
