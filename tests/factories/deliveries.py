"""Deliveries for tests: a region's people, its open flow, files of made-up figures, and the way to a receipt."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook

from information_models.queries import load_model
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.items import queries as items
from registry.items.tables import Item, Version
from submission_portal.deliveries import services
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.content import read as read_line
from submission_portal.receiving import services as receiving
from tests.conftest import NOW
from tests.factories.flows import BEDS, DAILY, MONTHLY, FlowWorld
from tests.factories.legal_answers import example_answers
from tests.snapshots import remembered

BED_HOSPITALS = ("Gällivare sjukhus", "Kalix sjukhus", "Kiruna sjukhus", "Piteå sjukhus", "Sunderby sjukhus")
BED_COUNTS = (103, 59, 33, 172, 432)


def beds_csv(counts: Mapping[str, Any] | None = None, *, day: str = "2026-03-01", note: str = "") -> bytes:
    """Established beds at Norrbotten's hospitals; single counts may be changed, or emptied with ``""``.

    Piteå's differ a little from day to day, so that a delivery is not the same as the one before in every cell.
    """
    later = (date.fromisoformat(day) - date(2026, 3, 1)).days % 29
    given = dict(zip(BED_HOSPITALS, BED_COUNTS, strict=True)) | {"Piteå sjukhus": 172 + later} | dict(counts or {})
    lines = [*([note] if note else []), "Dag;Sjukhus;Fastställda vårdplatser"]
    lines += [f"{day};{name};{count}" for name, count in given.items()]
    return "\r\n".join([*lines, ""]).encode()


def one_row_csv(hospital: str, count: Any, *, day: str = "2026-03-01") -> bytes:
    return f"Dag;Sjukhus;Fastställda vårdplatser\r\n{day};{hospital};{count}\r\n".encode()


MONTHLY_ROWS = tuple(
    f"{hospital};{month} 2018;{form};{beds};{crowded};{placed}"
    for hospital, form, beds, crowded, placed in (
        ("Gällivare sjukhus", "Somatik", "78,4", "5,2", "5,4"),
        ("Kalix sjukhus", "Somatik", "49,2", "5,6", "6,1"),
        ("Sunderby sjukhus", "Somatik", "298,7", "15,2", "7,7"),
    )
    for month in ("jan", "feb")
)
"""Monthly means of made-up figures: three hospitals, two months."""


def monthly_csv(*rows: str) -> bytes:
    """The file that a region gives to SKR every month, in the encoding that Swedish spreadsheets save in."""
    head = "Sjukhus;Månad;Vårdform;Disponibla vårdplatser;Överbeläggningar;Utlokaliserade"
    return "\r\n".join([head, *(rows or MONTHLY_ROWS), ""]).encode("cp1252")


def workbook_with_hidden_number() -> bytes:
    """A workbook with an identity number (the tax agency's own example) on a hidden sheet."""
    book = Workbook()
    book.active.append(["Dag", "Sjukhus", "Fastställda vårdplatser"])
    book.active.append(["2026-03-01", "Kalix sjukhus", 59])
    book.create_sheet("Dold").append(["811218-9876"])
    book["Dold"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@dataclass(frozen=True)
class DeliveryWorld:
    """A flow in force, its region's data officer and disclosing officer, and another region's."""

    flows: FlowWorld
    officer: Actor
    discloser: Actor
    other: Actor
    item_id: str

    @classmethod
    def load(cls, organisations: Mapping[str, Any], actor: Any, model: str = BEDS, **changes: Any) -> "DeliveryWorld":
        def build() -> "DeliveryWorld":
            flows = FlowWorld.load(organisations, actor)
            version_id = flows.approve(model, **changes)
            return cls(
                flows,
                flows.norrbotten,
                actor("utlamnare", (Role.DISCLOSING_OFFICER, "25")),
                actor("skane", (Role.DATA_OFFICER, "12"), (Role.DISCLOSING_OFFICER, "12")),
                db.session.get_one(Version, version_id).item_id,
            )

        return remembered(f"deliveries of {model} {sorted(changes.items())}", build)

    @property
    def flow(self) -> Item:
        return db.session.get_one(Item, self.item_id)

    def divide(self, *parts: str, **changes: Any) -> None:
        """Approve the line's next version, delivered in these parts: hospitals by name."""
        model = items.version_by_hash(db.session, read_line(self.approved.content).model_version)
        assert model is not None
        changes.setdefault("parts", {"element": "sjukhus", "codes": list(parts)} if parts else None)
        self.flows.approve_line(model.item.slug, item_slug=self.flow.slug, **changes)

    @property
    def approved(self) -> Version:
        version = items.standing_version(db.session, self.flow)
        assert version is not None
        return version

    def start(self, data: bytes | None = None, file_name: str = "platser.csv", **settings: Any) -> str:
        """Read in a file; gives back the delivery's id."""
        content = beds_csv() if data is None else data
        with transaction() as session:
            flow = session.get_one(Item, self.item_id)
            corrects = settings.pop("corrects", None)
            return services.start(
                session,
                self.officer,
                NOW,
                flow_item=flow,
                file_name=file_name,
                data=content,
                corrects=session.get_one(Delivery, corrects) if corrects else None,
                **settings,
            ).id

    def save(self, delivery_id: str, **what: Any) -> None:
        with transaction() as session:
            services.save(session, self.officer, NOW, session.get_one(Delivery, delivery_id), **what)

    def disclose(self, delivery_id: str, by: Actor | None = None, **changes: Any) -> None:
        with transaction() as session:
            delivery = session.get_one(Delivery, delivery_id)
            decision = {
                "answers": example_answers(
                    counts_persons=load_model(session, delivery.model_version_hash).model.concerns_persons
                ),
                "registry_number": "RN 2026/17",
                "reason": "Uppgifterna är offentliga.",
            }
            services.disclose(session, by or self.discloser, NOW, delivery, **(decision | changes))

    def send(self, delivery_id: str, by: Actor | None = None) -> str:
        with transaction() as session:
            return receiving.send(session, by or self.officer, NOW, session.get_one(Delivery, delivery_id)).number

    def read_again(self, delivery_id: str, data: bytes) -> None:
        """Put another file in the place of a draft's."""
        with transaction() as session:
            delivery = session.get_one(Delivery, delivery_id)
            services.read_again(session, self.officer, NOW, delivery, file_name="platser.csv", data=data)

    def sent(self, data: bytes | None = None, **settings: Any) -> str:
        """A delivery all the way to its receipt; gives back its id."""
        delivery_id = self.start(data, **settings)
        self.disclose(delivery_id)
        self.send(delivery_id)
        return delivery_id

    def delivery(self, delivery_id: str) -> Delivery:
        db.session.expire_all()
        return db.session.get_one(Delivery, delivery_id)


__all__ = [
    "BEDS",
    "DAILY",
    "MONTHLY",
    "DeliveryWorld",
    "beds_csv",
    "monthly_csv",
    "one_row_csv",
    "workbook_with_hidden_number",
]
