"""Deliveries for machines: made from a file, answered, sent, withdrawn. The same services as behind the pages.

What was found in a file that was read is data; a problem means that nothing was taken. A machine neither explains nor decides:
what waits for a person waits.
"""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from registry import clock
from registry.actors import Scope
from registry.api.paging import PageArguments, page_answer, page_schema
from registry.api.principals import current_client
from registry.api.problems import NotTaken
from registry.api.resources import Resources, require_match, tagged
from registry.db import db, transaction
from registry.errors import Refused
from registry.findings import Text
from registry.items.tables import Item
from registry.paging import Page, page_of_sequence
from submission_portal.deliveries import queries, services
from submission_portal.deliveries.drafts import comparing
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows import queries as flows
from submission_portal.receiving import services as receiving
from submission_portal.receiving.api import showing
from submission_portal.receiving.api.answers import said_of
from submission_portal.receiving.api.examples import ANSWERS, DELIVERY, FINDING, RECEIPT
from submission_portal.receiving.api.receiving_files import (
    TAKES,
    own_line,
    read_content,
    start,
    wait_for_check,
    wait_in,
)
from submission_portal.receiving.api.schemas import (
    AnswersSchema,
    DeliveryFindingSchema,
    DeliverySchema,
    ListArguments,
    NewDeliveryArguments,
    PreferHeaders,
    ReadingArguments,
    ReceiptSchema,
    WithdrawalSchema,
)

Answer = tuple[Any, int, dict[str, str]]
CHECK_AGAIN_SECONDS = "5"

resources = Resources(
    "deliveries",
    __name__,
    description=Text("Leveranser: från fil till kvittens.", "Deliveries: from file to receipt."),
)


@resources.post("/lines/<line>/deliveries", needs=Scope.PREPARE_DELIVERIES, idempotent=True, takes=TAKES)
@resources.arguments(NewDeliveryArguments, location="query")
@resources.arguments(PreferHeaders, location="headers")
@resources.response(201, DeliverySchema, example=DELIVERY)
@resources.alt_response(200, schema=DeliverySchema, example=DELIVERY)
@resources.alt_response(202, schema=DeliverySchema, example=DELIVERY | {"state": "checking"})
def create_delivery(asked: Mapping[str, Any], headers: Mapping[str, Any], line: str) -> Answer:
    """Make a delivery of a file.

    The content is the file: CSV, XLSX, JSON, NDJSON or Parquet, texts also packed with gzip. It is answered with 201 whatever was
    found in it (`state` is `stopped` where something has to be mended, answered or explained); nothing has left the region. With
    so many rows that they are checked in the background it is 202: ask again at `Location`, or say `Prefer: wait=n`. The very
    same file gives the delivery that was made of it before, with 200.
    """
    item = own_line(db.session, line)
    version = services.open_version(db.session, current_client(), clock.now(), item)
    item_id = item.id
    file = read_content(version, asked)
    delivery_id, is_new = start(item_id, file, asked)
    return _made(delivery_id, headers, 201 if is_new else 200)


@resources.get("/deliveries", needs=Scope.READ_DELIVERIES)
@resources.arguments(ListArguments, location="query")
@resources.response(
    200, page_schema(DeliverySchema), example={"items": [DELIVERY], "page": 1, "limit": 50, "pages": 1, "total": 1}
)
def list_deliveries(asked: Mapping[str, Any]) -> Answer:
    """The deliveries of the client's organisation.

    The latest change first; of a line, with a number, or with the sender's own reference, where that is asked for.
    """
    line = flows.flow_item(db.session, asked["line"]).id if "line" in asked else None
    page = queries.list_deliveries(
        db.session,
        current_client(),
        page=asked["page"],
        per_page=asked["limit"],
        flow_item_id=line,
        number=asked.get("number"),
        sender_reference=asked.get("sender_reference"),
    )
    lines = showing.lines_of(db.session, page.rows)
    return page_answer(
        Page([showing.as_data(one, lines[one.flow_item_id]) for one in page.rows], page.number, page.total, page.size),
        asked,
    )


@resources.get("/deliveries/<delivery_id>", needs=Scope.READ_DELIVERIES)
@resources.response(200, DeliverySchema, example=DELIVERY)
def show_delivery(delivery_id: str) -> Answer:
    """A delivery as it is now.

    Its state, what it is about, and the gravest of what was found. Its `ETag` is what a change of it names in `If-Match`.
    """
    return _shown(_own(delivery_id))


@resources.put("/deliveries/<delivery_id>/file", needs=Scope.PREPARE_DELIVERIES, takes=TAKES, changes_version=True)
@resources.arguments(ReadingArguments, location="query")
@resources.arguments(PreferHeaders, location="headers")
@resources.response(200, DeliverySchema, example=DELIVERY)
@resources.alt_response(202, schema=DeliverySchema, example=DELIVERY | {"state": "checking"})
def replace_file(asked: Mapping[str, Any], headers: Mapping[str, Any], delivery_id: str) -> Answer:
    """Put another file in the place of a delivery's that has not been sent.

    Answers are kept where they still apply.
    """
    delivery = _changing(delivery_id)
    revision = delivery.revision
    version = services.open_version(
        db.session, current_client(), clock.now(), db.session.get_one(Item, delivery.flow_item_id)
    )
    file = read_content(version, asked)
    with transaction() as session:
        found = services.read_again(
            session,
            current_client(),
            clock.now(),
            queries.delivery_for(session, current_client(), delivery_id),
            file_name=file.name,
            data=file.data,
            reading=file.reading,
            revision=revision,
            stated_part=asked.get("part"),
        )
        found_id = found.id
    return _made(found_id, headers, 200)


@resources.get("/deliveries/<delivery_id>/findings", needs=Scope.READ_DELIVERIES)
@resources.arguments(PageArguments, location="query")
@resources.response(
    200,
    page_schema(DeliveryFindingSchema),
    example={"items": [FINDING], "page": 1, "limit": 50, "pages": 1, "total": 1},
)
def list_delivery_findings(asked: Mapping[str, Any], delivery_id: str) -> Answer:
    """What was found in a delivery.

    The gravest first. `needs` says what each takes before the delivery can be sent.
    """
    found = showing.findings_as_data(_own(delivery_id))
    return page_answer(page_of_sequence(found, asked["page"], asked["limit"]), asked)


@resources.put("/deliveries/<delivery_id>/answers", needs=Scope.PREPARE_DELIVERIES, changes_version=True)
@resources.arguments(AnswersSchema, example=ANSWERS)
@resources.response(200, DeliverySchema, example=DELIVERY)
def answer_delivery(said: Mapping[str, Any], delivery_id: str) -> Answer:
    """Say what empty cells and missing rows mean.

    A cell that holds something is never changed. A warning is explained by a person, in the portal: a machine does not explain.
    """
    revision = _changing(delivery_id).revision
    with transaction() as session:
        delivery = queries.delivery_for(session, current_client(), delivery_id)
        cells, gaps = said_of(delivery, said)
        services.save(
            session,
            current_client(),
            clock.now(),
            delivery,
            answers=cells,
            gap_answers=gaps,
            revision=revision,
            later=True,
        )
    return _shown(_own(delivery_id))


@resources.post("/deliveries/<delivery_id>/send", needs=Scope.SEND_DELIVERIES, idempotent=True, changes_version=True)
@resources.response(200, ReceiptSchema, example=RECEIPT)
def send_delivery(delivery_id: str) -> Answer:
    """Send a delivery: from this moment it is received.

    Where a disclosing officer of the region has decided on it.
    Sending what was sent gives the first receipt.
    """
    delivery = _own(delivery_id)
    if delivery.receipt is None:
        require_match(showing.tag_of(delivery))
    with transaction() as session:
        delivery = queries.delivery_for(session, current_client(), delivery_id)
        is_changed = comparing.compare_again(session, current_client(), clock.now(), delivery)
        if not is_changed:
            receiving.send(session, current_client(), clock.now(), delivery)
    if is_changed:
        raise Refused(FINDINGS.found("DEL-012"))
    return _receipt(_own(delivery_id))


@resources.get("/deliveries/<delivery_id>/receipt", needs=Scope.READ_DELIVERIES)
@resources.response(200, ReceiptSchema, example=RECEIPT)
def show_receipt(delivery_id: str) -> Answer:
    """The receipt of a delivery.

    404 until it has been received.
    """
    return _receipt(_own(delivery_id))


@resources.post(
    "/deliveries/<delivery_id>/withdrawal", needs=Scope.SEND_DELIVERIES, idempotent=True, changes_version=True
)
@resources.arguments(WithdrawalSchema, example={"reason": "Fel månad."})
@resources.response(200, DeliverySchema, example=DELIVERY | {"state": "withdrawn"})
def withdraw_delivery(said: Mapping[str, Any], delivery_id: str) -> Answer:
    """Take a delivery back.

    Of one that was not sent nothing remains; one that was received stays on record as withdrawn, with the reason.
    """
    revision = _changing(delivery_id).revision
    with transaction() as session:
        delivery = queries.delivery_for(session, current_client(), delivery_id)
        receiving.withdraw(session, current_client(), clock.now(), delivery, reason=said["reason"], revision=revision)
    return _shown(_own(delivery_id))


def _own(delivery_id: str) -> Delivery:
    return queries.delivery_for(db.session, current_client(), delivery_id)


def _changing(delivery_id: str) -> Delivery:
    """The delivery, where ``If-Match`` names it as it is now."""
    delivery = _own(delivery_id)
    require_match(showing.tag_of(delivery))
    return delivery


def _shown(delivery: Delivery, status: int = 200, **headers: str) -> Answer:
    line = showing.lines_of(db.session, [delivery])[delivery.flow_item_id]
    return tagged(showing.as_data(delivery, line), showing.tag_of(delivery), status, **headers)


def _made(delivery_id: str, headers: Mapping[str, Any], status: int) -> Answer:
    told = {"Location": url_for("api-deliveries.show_delivery", delivery_id=delivery_id)}
    wait = wait_in(headers.get("prefer"))
    if wait:
        told["Preference-Applied"] = f"wait={wait}"
    delivery = wait_for_check(delivery_id, wait)
    if delivery.state == DeliveryState.CHECKING:
        return _shown(delivery, 202, **told, **{"Retry-After": CHECK_AGAIN_SECONDS})
    return _shown(delivery, status, **told)


def _receipt(delivery: Delivery) -> Answer:
    if delivery.receipt is None:
        raise NotTaken(404, FINDINGS.found("DEL-085", {"state": showing.state_of(delivery)}))
    return showing.receipt_as_data(delivery.receipt), 200, {}
