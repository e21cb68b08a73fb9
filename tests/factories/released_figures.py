"""Rows of the register as the follow-up finds them: published items, flows, deliveries that have been released.

Items are put in published, without their review, which has tests of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any, TypeVar

import polars as pl
from sqlalchemy import delete
from sqlalchemy.orm import Session

from information_models.starter.loading import measure_contents, model_contents
from information_models.starter.shipped_code_lists import code_list_contents
from registry import storage
from registry.actors import SYSTEM, Held, Person, Role
from registry.content.canonical import canonical, content_hash
from registry.db import db, insert_or_ignore, transaction
from registry.hands import Hand, Side
from registry.identity.services import create_organisation
from registry.identity.tables import Organisation
from registry.items import queries as items
from registry.items.lifecycle import Change, State
from registry.items.tables import Item, Version
from registry.jobs import drain
from registry.period import Period
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.tables import Delivery, DeliveryUse
from submission_portal.flows.acts import line
from submission_portal.followup.deciding import counts_persons, publish_table
from submission_portal.followup.tables import TableDecision, TableVersion
from submission_portal.followup.versions import all_awaiting
from submission_portal.forwarding.tables import Release
from submission_portal.receiving import services
from termbank.bank.indexing import index_versions
from termbank.bank.numbers import next_number
from termbank.bank.tables import ConceptNumber
from tests.by_hand import by_hand
from tests.factories.legal_answers import example_answers
from tests.snapshots import remembered

Made = TypeVar("Made")
NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
SENDER = "5" * 32
REVIEWER = "7" * 32


def publish(
    session: Session,
    kind: str,
    slug: str,
    body: Mapping[str, Any],
    organisation: Organisation,
    *,
    valid_from: date | None = None,
    change: Change = Change.NEW,
) -> Version:
    """A published version; the one before it is superseded."""
    item = session.query(Item).filter_by(kind=kind, slug=slug).one_or_none()
    if item is None:
        item = Item(kind=kind, slug=slug, organisation_id=organisation.id, created_at=NOW)
        session.add(item)
        session.flush()
        if kind == "concept":
            session.add(ConceptNumber(item_id=item.id, number=next_number(session, item.id)))
    earlier = session.query(Version).filter_by(item_id=item.id).order_by(Version.number.desc()).first()
    if earlier is not None:
        earlier.state = State.SUPERSEDED
    text = canonical(body)
    version = Version(
        item_id=item.id,
        organisation_id=organisation.id,
        number=earlier.number + 1 if earlier else 1,
        state=State.PUBLISHED,
        content_text=text,
        content_hash=content_hash(text),
        change=change,
        valid_from=valid_from,
        author_id=SYSTEM.person_id,
        created_at=NOW,
        changed_at=NOW,
        submitted_at=NOW,
        published_at=NOW,
    )
    session.add(version)
    session.flush()
    if kind == "concept":
        index_versions(session, [version])
    return version


def concept(slug: str, definition: str) -> dict[str, Any]:
    words = {"preferred": slug.replace("-", " "), "synonyms": [], "deprecated": []}
    return {
        "content_schema": "concept/1",
        "scheme": "vardplatser",
        "origin": "official",
        "rendering": True,
        "terms": {"sv": words, "en": words},
        "definition": {"sv": definition, "en": definition},
        "notes": [],
        "problems": [],
        "broader": [],
        "related": [],
        "source": None,
    }


@dataclass
class World:
    """The starter's models, measures and code lists, published and bound to one wording of each concept."""

    organisations: dict[str, Organisation]
    concepts: dict[str, Version] = field(default_factory=dict)
    models: dict[str, Version] = field(default_factory=dict)
    measures: dict[str, Version] = field(default_factory=dict)
    flows: dict[tuple[str, str], Version] = field(default_factory=dict)

    @property
    def steward(self) -> Organisation:
        return self.organisations["forvaltare"]

    @classmethod
    def load(cls, organisations: dict[str, Organisation]) -> "World":
        world = cls(organisations)
        world.grown("figures", world._publish_starter_content)
        return world

    def grown(self, name: str, build: Callable[[], Made]) -> Made:
        """Add what ``build`` makes, which is done once and remembered as ``name``; gives back what it gave."""
        made = remembered(name, build)
        for kind, known in (("concept", self.concepts), ("model", self.models), ("measure", self.measures)):
            known.update({version.item.slug: version for version in items.current_versions(db.session, kind)})
        for version in items.current_versions(db.session, "flow"):
            self.flows[version.item.slug.partition("-")[0], version.content["model"]] = version
        self.organisations.update({one.code: one for one in db.session.query(Organisation)})
        return made

    def add_example_region(self) -> None:
        """The made-up region, with the code 99."""
        with transaction() as session:
            create_organisation(
                session, SYSTEM, NOW, kind="region", code="99", name_sv="Exempelregionen", name_en="Example Region"
            )
        self.organisations["99"] = db.session.query(Organisation).filter_by(code="99").one()

    def norrbotten(self) -> tuple[Release, Release]:
        """Releases of the region that began to count technical beds in another way, 799 and 746, and their table."""

        def build() -> tuple[str, str]:
            model = "faststallda-vardplatser-per-sjukhus"
            releases = [
                self.release("25", model, established(day, values), day, provenance="reproduced")
                for day, values in (("2018-02-28", ESTABLISHED_BEFORE), ("2018-03-01", ESTABLISHED_AFTER))
            ]
            slug, day_before, day_after = "faststalld-vardplats", date(2018, 2, 28), date(2018, 3, 1)
            self.state_application(slug, "25", 1, technical="yes", first=None, last=day_before)
            self.state_application(slug, "25", 2, technical="no", first=day_after, last=None)
            before, after = (release.id for release in releases)
            run_worker()
            return before, after

        before, after = self.grown("norrbotten", build)
        return db.session.get_one(Release, before), db.session.get_one(Release, after)

    def _publish_starter_content(self) -> None:
        with by_hand() as session:
            for slug, body in code_list_contents().items():
                publish(session, "code_list", slug, body, self.steward)
            for slug in model_contents():
                self.publish_model(session, slug)
            for slug, body in measure_contents().items():
                self.measures[slug] = publish(session, "measure", slug, body, self.steward)

    def publish_model(
        self,
        session: Session,
        slug: str,
        *,
        change: Change = Change.NEW,
        but: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> Version:
        """The model, pinned to the newest wording of every concept that it uses; ``but``: elements that say something else."""
        elements = [dict(one) | dict((but or {}).get(one["name"], {})) for one in model_contents()[slug]["elements"]]
        body = model_contents()[slug] | {"elements": elements}
        for element in body["elements"]:
            if name := element.get("concept"):
                if name not in self.concepts:
                    self.publish_concept(session, name, f"what {name} means")
                element["concept_version"] = self.concepts[name].content_hash
        self.models[slug] = publish(session, "model", slug, body, self.steward, change=change)
        return self.models[slug]

    def publish_concept(
        self,
        session: Session,
        slug: str,
        definition: str,
        *,
        change: Change = Change.NEW,
        valid_from: date | None = None,
    ) -> Version:
        self.concepts[slug] = publish(
            session, "concept", slug, concept(slug, definition), self.steward, valid_from=valid_from, change=change
        )
        return self.concepts[slug]

    def state_application(
        self, slug: str, region: str, number: int, *, technical: str, first: date | None, last: date | None
    ) -> Version:
        """A region's statement on a concept, with one question answered."""
        body = {
            "content_schema": "application/1",
            "concept": slug,
            "concept_version": self.concepts[slug].content_hash,
            "term": {"sv": slug, "en": slug},
            "region": region,
            "valid_from": first.isoformat() if first else None,
            "valid_to": last.isoformat() if last else None,
            "answers": [{"question": "tekniska", "answer": technical, "text": {"sv": "", "en": ""}}],
            "decision": None,
            "provenance": "reproduced",
        }
        with by_hand() as session:
            organisation = session.get_one(Organisation, self.organisations[region].id)
            return publish(session, "application", f"{slug}.{region}.{number}", body, organisation)

    def flow(
        self, session: Session, region: str, model: str, *, provenance: str = "own", threshold: int = 5
    ) -> Version:
        """The region's approved flow for a model, to the national follow-up."""
        if (region, model) in self.flows:
            return self.flows[region, model]
        both = {"sv": "Uppföljning", "en": "Follow-up"}
        body = {
            "content_schema": "flow/1",
            "title": both,
            "discloser": self.organisations[region].id,
            "recipient": self.organisations["nationell-uppfoljning"].id,
            "model": model,
            "model_version": self.models[model].content_hash,
            "purpose": both,
            "legal_ground": {"title": both, "reference": "made up", "valid_to": "2030-12-31"},
            "policy": {"threshold": threshold, "zeros": "published", "source": "AIHW"},
            "valid_from": "2014-01-01",
            "valid_to": "2030-12-31",
            "automatic": True,
            "provenance": provenance,
        }
        organisation = session.get_one(Organisation, self.organisations[region].id)
        self.flows[region, model] = publish(session, "flow", f"{region}-{model}", body, organisation)
        return self.flows[region, model]

    def release(
        self,
        region: str,
        model: str,
        frame: pl.DataFrame,
        period: str,
        *,
        corrects: Release | None = None,
        kind: str | None = None,
        provenance: str = "own",
        now: datetime = NOW,
    ) -> Release:
        """A delivery of these typed rows, sent and released; the worker has not seen it yet."""
        with transaction() as session:
            flow = self.flow(session, region, model, provenance=provenance)
            organisation = session.get_one(Organisation, self.organisations[region].id)
            out = BytesIO()
            frame.write_parquet(out)
            key = storage.put(
                session,
                organisation.id,
                "accepted",
                out.getvalue(),
                media_type="application/vnd.apache.parquet",
                retention=storage.Retention.RECORD,
                now=now,
            )
            number = session.query(Delivery).count() + 1
            delivery = Delivery(
                number=f"L-2026-{number:04}",
                organisation_id=organisation.id,
                recipient_id=self.organisations["nationell-uppfoljning"].id,
                flow_item_id=flow.item_id,
                flow_version_hash=flow.content_hash,
                model_version_hash=self.models[model].content_hash,
                provenance=provenance,
                state=DeliveryState.SENT,
                file_name=f"{model}.csv",
                file_sha256=f"{number:064x}",
                file_size=100,
                file_key=key,
                parquet_key=key,
                content_hash=key.rpartition("/")[2],
                row_count=frame.height,
                period=period,
                period_first=Period.parse(period).first,
                period_last=Period.parse(period).last,
                corrects_delivery_id=corrects.delivery_id if corrects else None,
                correction_kind=kind,
                created_by=SENDER,
                prepared_by=SENDER,
                created_at=now,
                changed_at=now,
                sent_by=SENDER,
                sent_at=now,
            )
            session.add(delivery)
            session.flush()
            session.add(
                DeliveryUse(
                    delivery_id=delivery.id,
                    organisation_id=organisation.id,
                    use_ref=f"flow:{flow.item_id}",
                    use_version_hash=flow.content_hash,
                    since=now,
                )
            )
            insert_or_ignore(session, Hand, object=line(delivery.flow_item_id), person_id=SENDER, side=Side.DISCLOSER, since=now, is_both_sided=False)  # fmt: skip
            return services.release(session, SYSTEM, now, delivery)


def run_worker(*, publish: bool = True) -> None:
    """Do all work that waits, as the worker would, and fail the test where a job failed. Where ``publish`` is said, a legal
    reviewer then lets everybody have the tables in which nothing is hidden; what hides something waits."""
    from registry.jobs import Job

    drain()
    if publish:
        publish_open_tables()
    db.session.rollback()
    failed = db.session.query(Job).filter(Job.error.is_not(None)).all()
    assert not failed, failed[0].error
    db.session.rollback()


def publish_open_tables() -> None:
    """Let a legal reviewer publish every table that waits and hides nothing."""
    for table_id in [one.id for one in all_awaiting(db.session) if not one.hidden and one.protection.is_safe]:
        with transaction() as session:
            table = session.get_one(TableVersion, table_id)
            reviewer = Person(REVIEWER, frozenset({Held(table.organisation_id, Role.LEGAL_REVIEWER)}))
            answers = example_answers(counts_persons=counts_persons(session, table))
            publish_table(session, reviewer, NOW, table, reason="Granskad.", answers=answers, replies={})


def carry_over(table_id: str) -> None:
    """Make a published table what an upgraded instance has: open to everybody, and decided by nobody."""
    with by_hand() as session:
        kept = session.get_one(TableVersion, table_id)
        kept.is_carried_over, kept.decided_by, kept.reason = True, None, ""
        session.execute(delete(TableDecision).where(TableDecision.table_version_id == table_id))
    db.session.expire_all()


REGIONS = (
    "01", "03", "04", "05", "06", "07", "08", "09", "10", "12", "13",
    "14", "17", "18", "19", "20", "21", "22", "23", "24", "25",
)  # fmt: skip
"""The county codes of all 21 regions."""
HOSPITALS = ("Gällivare sjukhus", "Kalix sjukhus", "Kiruna sjukhus", "Piteå sjukhus", "Sunderby sjukhus")
"""Region Norrbotten's hospitals and their established beds in 2018, as in the region's decision (dnr 3754-2017)."""
ESTABLISHED_BEFORE = (103, 59, 33, 172, 432)
TECHNICAL = (12, 5, 4, 5, 27)
ESTABLISHED_AFTER = (91, 54, 29, 167, 405)


def hospital_codes(region: str = "25") -> dict[str, str]:
    """Code by name for the hospitals of a region that the starter's list knows."""
    codes = code_list_contents()["sjukhus"]["codes"]
    return {one["label"]["sv"]: one["code"] for one in codes if one["parent"] == region}


def established(day: str, values: tuple[int, ...], technical: tuple[int, ...] = TECHNICAL) -> pl.DataFrame:
    """Typed rows of the model of established beds for Norrbotten's five hospitals."""
    codes = hospital_codes()
    return pl.DataFrame(
        {
            "dag": [day] * 5,
            "sjukhus": [codes[name] for name in HOSPITALS],
            "faststallda": list(values),
            "faststallda__status": ["observed"] * 5,
            "varav_tekniska": list(technical),
            "varav_tekniska__status": ["observed"] * 5,
        }
    )


def available(region: str, year: int, beds: int) -> pl.DataFrame:
    """Typed rows of the model of available beds per region and year."""
    return pl.DataFrame(
        {"ar": [str(year)], "region": [region], "disponibla": [beds], "disponibla__status": ["observed"]}
    )


def outplaced(day: str, wards: Mapping[tuple[str, str], int | None]) -> pl.DataFrame:
    """Typed rows of the daily model (made up): outplaced patients by (hospital code, ward); ``None``: closed."""
    count = len(wards)
    return pl.DataFrame(
        {
            "dag": [day] * count,
            "sjukhus": [hospital for hospital, _ in wards],
            "avdelning": [ward for _, ward in wards],
            "disponibla": [20] * count,
            "disponibla__status": ["observed"] * count,
            "utlokaliserade": list(wards.values()),
            "utlokaliserade__status": ["closed" if value is None else "observed" for value in wards.values()],
        },
        schema_overrides={"utlokaliserade": pl.Int64},
    )
