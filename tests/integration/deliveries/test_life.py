"""A delivery's life on both databases: from a file to a receipt, and everything that can come in between."""

import pytest
from sqlalchemy import select

from registry import events, references
from registry.actors import SYSTEM, Scope
from registry.auditing import chain as log_chain
from registry.db import db, transaction
from registry.errors import Forbidden, Invalid, NotFound, Refused
from registry.identity.services import mark_demonstration
from registry.jobs import drain
from registry.storage import Retention, StoredObject
from submission_portal.deliveries import queries, services
from submission_portal.deliveries.assessment.corrections import ChangedValue
from submission_portal.deliveries.assessment.remaining import findings_of, remaining
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.lifecycle import CorrectionKind, DeliveryState
from submission_portal.deliveries.tables import Delivery, NumberSeries
from submission_portal.forwarding.queries import release_of
from submission_portal.receiving import services as receiving
from tests.conftest import NOW
from tests.factories.deliveries import beds_csv, one_row_csv, workbook_with_hidden_number
from tests.factories.machine_clients import client_of, client_with_roles_of
from tests.traces import search


def codes(delivery):
    return [finding.code for _, finding in findings_of(delivery.assessment)]


def refused(call, *arguments, **settings):
    with pytest.raises(Refused) as caught:
        call(*arguments, **settings)
    return caught.value.finding.code


def test_a_delivery_without_findings_goes_straight_through(any_app, world):
    delivery_id = world.start()
    assert world.delivery(delivery_id).state == DeliveryState.CHECKED
    world.disclose(delivery_id)
    number = world.send(delivery_id)
    delivery = world.delivery(delivery_id)
    assert (number, delivery.state) == ("L-2026-0001", DeliveryState.RELEASED)
    assert release_of(db.session, delivery_id).parquet_key == delivery.parquet_key
    assert db.session.get(StoredObject, delivery.file_key).retention == Retention.RECORD
    roles = {edge.role for edge in references.edges_from(db.session, f"delivery:{delivery_id}")}
    assert "under" in roles


def test_the_receipt_carries_hashes_and_the_head_of_a_chain_that_still_holds(any_app, world):
    delivery = world.delivery(world.sent())
    receipt = delivery.receipt
    assert receipt.body["file_sha256"] == delivery.file_sha256
    assert receipt.body["content_hash"] == delivery.content_hash
    assert log_chain.verify(db.session, receipt.chain_head).is_intact


def test_the_same_figures_have_the_same_content_hash_in_another_file(any_app, world):
    first = world.delivery(world.start())
    again = world.delivery(world.start(beds_csv(note="Region Norrbotten")))
    assert first.file_sha256 != again.file_sha256
    assert first.content_hash == again.content_hash


def test_the_same_file_again_answers_with_the_first_receipt(any_app, world):
    first = world.sent()
    assert world.start() == first
    assert world.send(first) == world.delivery(first).number
    assert db.session.query(Delivery).count() == 1


def test_numbers_have_no_gaps_even_when_a_sending_fails(any_app, world, monkeypatch):
    world.sent(beds_csv(day="2026-03-01"))
    second = world.start(beds_csv(day="2026-04-01"))
    assert refused(world.send, second) == "DEL-040"
    world.disclose(second)
    taken = []

    def fails(session, actor, now, *, delivery):
        taken.append((delivery.number, session.scalars(select(NumberSeries.last)).all()))
        raise OSError("no room is left")

    with monkeypatch.context() as broken:
        broken.setattr("submission_portal.receiving.services.forwarding.release", fails)
        with pytest.raises(OSError, match="no room"):
            world.send(second)
    assert taken == [("L-2026-0002", [2])], "it failed after the number was taken from the series"
    assert (world.delivery(second).number, world.delivery(second).receipt) == (None, None)
    assert db.session.scalars(select(NumberSeries.last)).all() == [1]
    assert world.send(second) == "L-2026-0002"


def test_empty_cells_are_asked_about_and_never_become_zero(any_app, world):
    delivery_id = world.start(beds_csv({"Kiruna sjukhus": "", "Kalix sjukhus": ""}))
    delivery = world.delivery(delivery_id)
    assert delivery.state == DeliveryState.DRAFT
    ((left),) = remaining(delivery.assessment, {})
    assert (left.finding.code, left.needs, len(left.finding.places)) == ("ROW-004", "answer", 2)
    rows = {place.row for place in left.finding.places}
    world.save(delivery_id, answers={"faststallda": {"*": "closed", str(max(rows)): "zero"}})
    delivery = world.delivery(delivery_id)
    assert delivery.state == DeliveryState.CHECKED
    frame = queries.rows_of(db.session, delivery)
    assert sorted(frame["faststallda__status"].unique().to_list()) == ["closed", "observed"]
    assert 0 in frame["faststallda"].to_list()


def test_a_large_change_is_explained_and_read_by_a_reviewer(any_app, world):
    world.sent(beds_csv(day="2026-03-01"))
    delivery_id = world.start(beds_csv({"Sunderby sjukhus": 300}, day="2026-04-01"))
    delivery = world.delivery(delivery_id)
    assert (delivery.state, "HIS-002" in codes(delivery)) == (DeliveryState.DRAFT, True)
    assert delivery.assessment.changes[0].percent == "-30.6"
    world.save(delivery_id, explanations={"HIS-002": "Två avdelningar stängde."})
    world.disclose(delivery_id)
    world.send(delivery_id)
    assert world.delivery(delivery_id).state == DeliveryState.IN_REVIEW
    assert release_of(db.session, delivery_id) is None


def without_kalix(day):
    return "\r\n".join(line for line in beds_csv(day=day).decode().splitlines() if "Kalix" not in line).encode()


def test_a_unit_that_is_gone_is_asked_about_and_the_answer_is_offered_again(any_app, world):
    world.sent(beds_csv(day="2026-03-01"))
    delivery_id = world.start(without_kalix("2026-04-01"))
    delivery = world.delivery(delivery_id)
    [gap] = delivery.assessment.gaps
    assert "GAP-002" in codes(delivery)
    assert (gap.unit, gap.offered, delivery.state) == (("65014",), "", DeliveryState.DRAFT)
    world.save(delivery_id, gap_answers={gap.key: "closed"})
    delivery = world.delivery(delivery_id)
    assert delivery.state == DeliveryState.CHECKED
    assert queries.rows_of(db.session, delivery).filter(sjukhus="65014")["faststallda__status"].to_list() == ["closed"]
    world.disclose(delivery_id)
    world.send(delivery_id)
    [again] = world.delivery(world.start(without_kalix("2026-05-01"))).assessment.gaps
    assert (again.unit, again.offered) == (("65014",), "closed")


def test_a_unit_that_has_ended_is_not_expected_any_more(app, world):
    world.sent(beds_csv(day="2026-03-01"))
    delivery_id = world.start(without_kalix("2026-04-01"))
    world.save(delivery_id, gap_answers={"*": "ended"})
    delivery = world.delivery(delivery_id)
    assert queries.rows_of(db.session, delivery).filter(sjukhus="65014").height == 0
    world.disclose(delivery_id)
    world.send(delivery_id)
    assert world.delivery(world.start(without_kalix("2026-05-01"))).assessment.gaps == ()


def test_three_deliveries_are_looked_back_at(app, world):
    for month, file in ((1, beds_csv), (2, without_kalix), (3, without_kalix)):
        delivery_id = world.start(beds_csv(day="2026-01-01") if file is beds_csv else file(f"2026-{month:02}-01"))
        world.save(delivery_id, gap_answers={"*": "not_reported"})
        world.disclose(delivery_id)
        world.send(delivery_id)
    assert [gap.unit for gap in world.delivery(world.start(without_kalix("2026-04-01"))).assessment.gaps] == [
        ("65014",)
    ]


def test_a_refused_delivery_says_why_and_the_period_is_free_again(any_app, world):
    world.sent(beds_csv(day="2026-03-01"))
    delivery_id = world.start(beds_csv({"Sunderby sjukhus": 300}, day="2026-04-01"))
    world.save(delivery_id, explanations={"HIS-002": "Fel fil?"})
    world.disclose(delivery_id)
    world.send(delivery_id)
    with transaction() as session:
        services.refuse(session, world.flows.quality, NOW, session.get_one(Delivery, delivery_id), reason="Fel.")
    assert world.delivery(delivery_id).state == DeliveryState.REFUSED
    assert "DEL-002" not in codes(world.delivery(world.start(beds_csv(day="2026-04-01"))))


def test_a_period_already_delivered_has_to_be_chosen_as_replacement(any_app, world):
    first = world.sent()
    delivery_id = world.start(beds_csv({"Kalix sjukhus": 60}))
    assert codes(world.delivery(delivery_id)) == ["DEL-002", "LEG-002"]
    with transaction() as session:
        services.choose_correction(
            session,
            world.officer,
            NOW,
            session.get_one(Delivery, delivery_id),
            corrects=session.get_one(Delivery, first),
            kind="replacement",
        )
    delivery = world.delivery(delivery_id)
    assert delivery.state == DeliveryState.CHECKED
    assert delivery.assessment.corrected == (ChangedValue(3, "faststallda", "59", "60"),)
    world.disclose(delivery_id)
    world.send(delivery_id)
    assert world.delivery(first).state == DeliveryState.REPLACED
    release = release_of(db.session, delivery_id)
    assert release.supersedes_id == release_of(db.session, first).id


def test_a_correction_of_one_value_is_a_file_of_one_row(any_app, world):
    first = world.sent()
    delivery_id = world.start(one_row_csv("Kalix sjukhus", 61), corrects=first, correction_kind="correction")
    delivery = world.delivery(delivery_id)
    assert set(codes(delivery)) == {"COR-001", "LEG-002"}
    assert (delivery.period, delivery.row_count) == ("2026-03-01", 1)
    world.disclose(delivery_id)
    world.send(delivery_id)
    assert (world.delivery(first).state, world.delivery(delivery_id).state) == ("released", "released")
    whole = queries.rows_as_corrected(db.session, world.delivery(first), ["dag", "sjukhus"])
    assert sorted(whole["faststallda"].to_list()) == [33, 61, 103, 172, 432]


def test_a_file_without_some_columns_can_be_chosen_to_be_a_correction(app, world):
    first = world.sent()
    delivery_id = world.start(b"Dag;Sjukhus;Varav tekniska\r\n2026-03-01;Kalix sjukhus;4\r\n")
    assert {"DEL-002", "STR-024"} <= set(codes(world.delivery(delivery_id)))
    with transaction() as session:
        delivery, corrected = session.get_one(Delivery, delivery_id), session.get_one(Delivery, first)
        services.choose_correction(
            session, world.officer, NOW, delivery, corrects=corrected, kind=CorrectionKind.CORRECTION
        )
    delivery = world.delivery(delivery_id)
    assert set(codes(delivery)) == {"STR-025", "COR-001", "LEG-002"} and delivery.state == DeliveryState.CHECKED
    assert [(one.element, one.now) for one in delivery.assessment.corrected] == [("varav_tekniska", "4")]
    world.disclose(delivery_id)
    world.send(delivery_id)
    whole = queries.rows_as_corrected(db.session, world.delivery(first), ["dag", "sjukhus"])
    assert sorted(whole["faststallda"].to_list()) == [33, 59, 103, 172, 432], "what the file lacks stays"


def test_history_waits_until_it_is_chosen_what_the_file_is(app, world):
    world.sent(beds_csv(day="2026-03-01"))
    world.sent(beds_csv(day="2026-04-01"))
    delivery = world.delivery(world.start(one_row_csv("Kalix sjukhus", 61, day="2026-04-01")))
    assert codes(delivery)[0] == "DEL-002"
    assert "GAP-002" not in codes(delivery)


def test_a_second_correction_stands_on_the_first(any_app, world):
    first = world.sent()
    for count in (61, 62):
        delivery_id = world.start(one_row_csv("Kalix sjukhus", count), corrects=first, correction_kind="correction")
        world.disclose(delivery_id)
        world.send(delivery_id)
    chain = queries.corrections_of(db.session, world.delivery(first))
    assert [one.corrects_delivery_id for one in chain] == [first, chain[0].id]
    whole = queries.rows_as_corrected(db.session, world.delivery(first), ["dag", "sjukhus"])
    assert 62 in whole["faststallda"].to_list() and 61 not in whole["faststallda"].to_list()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (one_row_csv("Kalix sjukhus", 59), "COR-003"),
        (one_row_csv("Kalix sjukhus", 61, day="2026-09-01"), "COR-004"),
    ],
)
def test_a_correction_that_corrects_nothing_or_another_period_is_told(app, world, row, code):
    first = world.sent()
    assert code in codes(world.delivery(world.start(row, corrects=first, correction_kind="correction")))


def test_whoever_prepared_a_delivery_does_not_decide_on_it(any_app, world, actor, organisations):
    from registry.actors import Role

    both = actor("both", (Role.DATA_OFFICER, "25"), (Role.DISCLOSING_OFFICER, "25"))
    delivery_id = world.start()
    with transaction() as session:
        services.save(session, both, NOW, session.get_one(Delivery, delivery_id), explanations={"x": "y"})
    assert refused(world.disclose, delivery_id, by=both) == "DEL-003"
    world.disclose(delivery_id)
    with pytest.raises(Forbidden):
        world.send(delivery_id, by=world.discloser)


def test_a_decision_holds_only_for_what_was_decided_on(any_app, world):
    delivery_id = world.start(beds_csv() + b"Summa;;1\r\n")
    world.save(delivery_id, explanations={"FIL-012": "delsumma"})
    world.disclose(delivery_id)
    world.save(delivery_id, explanations={"FIL-012": "delsumma"})
    assert world.delivery(delivery_id).state == DeliveryState.DISCLOSED, "nothing was said that was not said before"
    world.save(delivery_id, explanations={"FIL-012": "en tanke till"})
    assert world.delivery(delivery_id).state == DeliveryState.CHECKED
    assert refused(world.send, delivery_id) == "DEL-040"


def test_a_decision_needs_answers_reasons_and_a_registry_number(app, world):
    delivery_id = world.start()
    with pytest.raises(Invalid) as caught:
        world.disclose(delivery_id, answers={})
    assert caught.value.findings[0].code == "SEC-001"
    assert refused(world.disclose, delivery_id, reason=" ") == "DEL-007"
    assert refused(world.disclose, delivery_id, registry_number="") == "DEL-007"
    assert refused(world.disclose, delivery_id, reason="gäller 811218-9876") == "DEL-009"


def test_the_region_may_decide_not_to_disclose(any_app, world):
    delivery_id = world.start()
    world.disclose(delivery_id, grant=False, answers={}, registry_number="", reason="Vänta på juristen.")
    delivery = world.delivery(delivery_id)
    assert (delivery.state, delivery.disclosures[0].is_granted) == (DeliveryState.DRAFT, False)
    assert refused(world.send, delivery_id) == "DEL-086"


def test_what_is_not_possible_says_the_state_what_remains_and_the_next_step(any_app, world):
    """It was said that a page was out of date, also where none had been opened."""
    with pytest.raises(Refused) as caught:
        world.disclose(world.start(beds_csv({"Piteå sjukhus": ""})))
    remains = FINDINGS.read(caught.value.finding, "sv")
    assert remains.code == "DEL-004" and "ROW-004" in remains.body and "«Att svara på»" in remains.mend
    delivery_id = world.start()
    world.disclose(delivery_id)
    world.send(delivery_id)
    with pytest.raises(Refused) as caught:
        world.disclose(delivery_id)
    sent = FINDINGS.read(caught.value.finding, "sv")
    assert sent.code == "DEL-086" and "«Frisläppt»" in sent.body and sent.mend.startswith("Rätta eller ersätt")


def test_two_senders_get_one_receipt(any_app, world):
    delivery_id = world.start()
    world.disclose(delivery_id)
    assert world.send(delivery_id) == world.send(delivery_id)


def test_a_page_that_is_out_of_date_is_told_so(any_app, world):
    delivery_id = world.start()
    revision = world.delivery(delivery_id).revision
    world.save(delivery_id, explanations={"HIS-002": "a"})
    assert refused(world.save, delivery_id, explanations={"HIS-002": "b"}, revision=revision) == "DEL-001"


def test_an_identity_number_leaves_nothing_behind(app, world):
    before = db.session.query(StoredObject).count()
    with pytest.raises(Invalid) as caught:
        world.start(workbook_with_hidden_number(), file_name="platser.xlsx")
    (finding,) = caught.value.findings
    assert (finding.code, finding.places[0].sheet) == ("PER-001", "Dold")
    assert db.session.query(StoredObject).count() == before
    assert db.session.query(Delivery).count() == 0
    searched, found = search(app.config["INSTANCE"], [b"811218-9876"])
    assert "registry.db" in searched and found == []


def test_an_expired_legal_ground_refuses(any_app, world):
    delivery_id = world.start()
    world.disclose(delivery_id)
    later = NOW.replace(year=2028)
    with pytest.raises(Refused) as caught, transaction() as session:
        receiving.send(session, world.officer, later, session.get_one(Delivery, delivery_id))
    assert caught.value.finding.code == "DAT-001"


def test_drafts_belong_to_the_region_and_others_do_not_see_that_they_exist(any_app, world):
    delivery_id = world.start()
    for stranger in (world.other, world.flows.quality):
        with pytest.raises(NotFound):
            queries.delivery_for(db.session, stranger, delivery_id)
    world.disclose(delivery_id)
    number = world.send(delivery_id)
    assert queries.delivery_for(db.session, world.flows.quality, number).id == delivery_id
    with pytest.raises(NotFound):
        queries.delivery_for(db.session, world.other, number)


@pytest.mark.parametrize("act", ["start", "save", "disclose", "send", "withdraw"])
def test_nobody_from_another_region_can_act(app, world, act):
    delivery_id = world.start()
    with pytest.raises(NotFound), transaction() as session:
        delivery = session.get_one(Delivery, delivery_id)
        if act == "start":
            from registry.items.tables import Item

            flow = session.get_one(Item, world.item_id)
            services.start(session, world.other, NOW, flow_item=flow, file_name="x.csv", data=beds_csv())
        elif act == "disclose":
            services.disclose(session, world.other, NOW, delivery, answers={}, registry_number="x", reason="Fel fil.")
        else:
            getattr(services if act == "save" else receiving, act)(session, world.other, NOW, delivery)


def test_a_withdrawn_draft_leaves_no_file_and_a_withdrawn_delivery_stays_on_record(any_app, world):
    draft = world.start()
    key = world.delivery(draft).file_key
    with transaction() as session:
        receiving.withdraw(session, world.officer, NOW, session.get_one(Delivery, draft))
    drain()
    assert db.session.get(StoredObject, key) is None
    sent = world.sent(beds_csv(day="2026-05-01"))
    with pytest.raises(Refused), transaction() as session:
        receiving.withdraw(session, world.officer, NOW, session.get_one(Delivery, sent))
    with transaction() as session:
        receiving.withdraw(session, world.officer, NOW, session.get_one(Delivery, sent), reason="Fel månad.")
    delivery = world.delivery(sent)
    assert (delivery.state, delivery.number) == (DeliveryState.WITHDRAWN, "L-2026-0001")
    assert release_of(db.session, sent).withdrawn_at is not None
    assert db.session.get(StoredObject, delivery.file_key) is not None


def test_every_step_is_in_the_log(any_app, world):
    delivery_id = world.sent()
    happened = [
        event.type
        for event in db.session.query(events.Event)
        .filter_by(subject=f"delivery:{delivery_id}")
        .order_by(events.Event.number)
    ]
    assert happened == ["DeliveryStarted", "DeliveryDisclosed", "DeliverySent", "DeliveryReleased"]


def test_what_is_sent_by_hand_in_a_demonstration_is_made_up_whatever_the_flow_reproduces(world):
    with transaction() as session:
        mark_demonstration(session, SYSTEM, NOW)
    assert world.delivery(world.start()).provenance == "made_up"


def test_elsewhere_a_delivery_has_its_flows_provenance(world):
    assert world.delivery(world.start()).provenance == "own"


def test_a_machine_client_does_not_decide_on_handing_out(any_app, world):
    delivery_id = world.start()
    region = world.delivery(delivery_id).organisation_id
    for client in (client_of(region), client_with_roles_of(world.discloser)):
        with pytest.raises(Forbidden):
            world.disclose(delivery_id, by=client)
    assert world.delivery(delivery_id).state == DeliveryState.CHECKED


def test_a_machine_client_sends_what_a_person_has_decided_on_for_its_own_region_only(any_app, world, organisations):
    delivery_id = world.start()
    region = world.delivery(delivery_id).organisation_id
    assert refused(world.send, delivery_id, by=client_of(region)) == "DEL-040"
    world.disclose(delivery_id)
    with pytest.raises(NotFound):
        world.send(delivery_id, by=client_of(organisations["12"].id))
    with pytest.raises(Forbidden):
        world.send(delivery_id, by=client_of(region, Scope.PREPARE_DELIVERIES))
    assert world.send(delivery_id, by=client_of(region)) == "L-2026-0001"


def test_an_explanation_counts_for_what_it_was_given_for(app, world):
    world.sent(beds_csv(day="2026-03-01"))
    delivery_id = world.start(beds_csv({"Sunderby sjukhus": 300}, day="2026-04-01"))
    world.save(delivery_id, explanations={"HIS-002": "Två avdelningar är stängda."})
    assert remaining(world.delivery(delivery_id).assessment, world.delivery(delivery_id).explanations) == []
    same = beds_csv({"Sunderby sjukhus": 290}, day="2026-04-01", note="En rad till överst")
    world.read_again(delivery_id, same)
    assert world.delivery(delivery_id).explanations == {"HIS-002": "Två avdelningar är stängda."}
    world.read_again(delivery_id, beds_csv({"Sunderby sjukhus": 290, "Kalix sjukhus": 20}, day="2026-04-01"))
    delivery = world.delivery(delivery_id)
    left = remaining(delivery.assessment, delivery.explanations)
    assert ("HIS-002", "explain") in [(one.key, one.needs) for one in left]
    assert delivery.assessment.lapsed == {"HIS-002": "Två avdelningar är stängda."}
