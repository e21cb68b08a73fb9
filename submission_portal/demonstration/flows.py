"""The flows of the demonstration, as content: who discloses what to whom, on what ground, for how long."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.provenance import Provenance

POLICY_SOURCE = {
    "source": "Praxis hos AIHW (1–4 visas inte); ingen svensk bestämmelse anger ett tal.",
    "source_en": "Practice at AIHW (1–4 are not shown); no Swedish provision gives a number.",
}


@dataclass(frozen=True, slots=True)
class FlowPlan:
    """A flow to propose: its slug, whose it is, which model it binds, and what it says."""

    slug: str
    discloser: tuple[str, str]
    proposer: str
    discloser_login: str
    model: str
    title: tuple[str, str]
    purpose: tuple[str, str]
    provenance: Provenance
    concerns_persons: bool = False
    registry_number: str = ""

    def content(self, *, discloser: str, recipient: str, model_version: str, today: date) -> dict[str, Any]:
        """``flow/1``. The ground of a demonstration ends with the year after the one it was made in."""
        end = date(today.year + 1, 12, 31).isoformat()
        return {
            "content_schema": "flow/1",
            "title": dict(zip(("sv", "en"), self.title, strict=True)),
            "discloser": discloser,
            "recipient": recipient,
            "model": self.model,
            "model_version": model_version,
            "purpose": dict(zip(("sv", "en"), self.purpose, strict=True)),
            "legal_ground": {**GROUNDS[self.provenance], "valid_to": end},
            "policy": {"threshold": 5, "zeros": "published", **POLICY_SOURCE},
            "valid_from": today.isoformat(),
            "valid_to": end,
            "automatic": True,
            "provenance": self.provenance,
        }


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

NORRBOTTEN = FlowPlan(
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
    registry_number="3754-2017 (återgivet)",
)
HALF_YEAR_RATES = FlowPlan(
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
MONTHLY_RATES = FlowPlan(
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
DAILY = FlowPlan(
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
    concerns_persons=True,
)


def available_beds(code: str, region: str) -> FlowPlan:
    """One region's flow of available beds."""
    name = region.removeprefix("Region ")
    return FlowPlan(
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
