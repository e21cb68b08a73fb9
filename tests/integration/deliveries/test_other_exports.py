"""Exports of other kinds through the pages: answered once, and the next month asks nothing. All figures are made up."""

import pytest

from registry.db import db
from submission_portal.deliveries.layouts.queries import layouts_of_line
from submission_portal.deliveries.tables import Delivery
from tests.integration.deliveries.test_layouts import monthly, the_delivery, upload  # noqa: F401
from tests.pages import read

MONTHS = "Disponibla vårdplatser{}\nSjukhus;jan;feb\nVästerviks sjukhus;101,5;99,0\nKalmar sjukhus;210,0;208\n"
MEASURES = (
    "Sjukhus;Vårdform;Mått;jan-26;feb-26\nVästerviks sjukhus;somatisk;Disponibla vårdplatser;101,5;99,0\n"
    "Västerviks sjukhus;somatisk;Trånga platser;4;5\n"
)
REST = {
    "element-vardform-vad": "somatisk",
    "element-overbelaggningar": "-absent",
    "element-utlokaliserade": "-absent",
}


@pytest.fixture
def client(monthly, signed_in):  # noqa: F811
    return signed_in(monthly.officer)


def answers_for(delivery, **chosen):
    """Every question answered: the columns as ``chosen`` by their heading, else as something else."""
    mapped = delivery.reading.mapped
    told = {f"kolumn-{at}": chosen.get(one.heading, "-other") for at, one in enumerate(mapped.columns)}
    told |= {f"element-{one.element}": "-absent" for one in mapped.elements if one.element not in chosen.values()}
    return told


def test_bare_months_without_a_year_are_asked_for_the_file_and_the_next_title_says_it(client, monthly):  # noqa: F811
    address = upload(client, monthly, MONTHS.format(""))
    page = read(client.get(address))
    assert "Vilket år gäller filen?" in page.text
    chosen = {"kolumn-0": "disponibla", **REST}
    refused = client.post(address, data={**chosen, "tid-vad": "mars"})
    assert refused.status_code == 422 and "Perioden saknas eller kan inte läsas" not in refused.text
    assert "månader ett år" in refused.text and not layouts_of_line(db.session, monthly.flow.id)
    client.post(address, data={**chosen, "tid-vad": "år 2026"})
    delivery = the_delivery(address)
    assert not delivery.reading.mapped.is_asking and delivery.reading.mapped.time == "2026"
    [layout] = layouts_of_line(db.session, monthly.flow.id)
    assert "2026" not in str(layout.current.content.as_dict())
    later = the_delivery(upload(client, monthly, MONTHS.format(" 2025"), "forra.csv"))
    assert not later.reading.mapped.is_asking and later.layout_version_id == layout.current.id


def test_a_year_alone_is_asked_without_keeping_anything(client, monthly):  # noqa: F811
    address = upload(client, monthly, MONTHS.format(" 2026"))
    client.post(address, data={"kolumn-0": "disponibla", **REST})
    again = upload(client, monthly, MONTHS.format(" 2024 och 2025"), "andra.csv")
    page = read(client.get(again))
    assert "2024" in page.text and "2025" in page.text
    answer = client.post(again, data={"tid": "2025"}, follow_redirects=True)
    assert "gäller bara den här filen" in answer.text
    [layout] = layouts_of_line(db.session, monthly.flow.id)
    assert len(layout.versions) == 1 and not the_delivery(again).reading.mapped.is_asking


def test_a_measure_that_is_no_heading_is_answered_as_one_and_its_cells_are_shown_where_they_are(client, monthly):  # noqa: F811
    address = upload(client, monthly, MEASURES)
    page = read(client.get(address))
    assert "Vad är «Trånga platser»?" in page.text
    delivery = the_delivery(address)
    answer = client.post(address, data=answers_for(delivery, **{"Trånga platser": "overbelaggningar"}))
    assert answer.status_code == 302, read(answer, 422).text
    delivery = db.session.get_one(Delivery, delivery.id)
    assert not delivery.reading.mapped.is_asking and delivery.row_count
    shown = read(client.get(address.replace("kolumner/", ""))).text
    assert "vad raden räknar" in shown and "måttens värden" in shown
    later = MEASURES.replace("jan-26", "mar-26").replace("feb-26", "apr-26")
    assert not the_delivery(upload(client, monthly, later, "b.csv")).reading.mapped.is_asking


def test_a_file_without_headings_is_said_to_be_one_and_the_next_is_read_so_with_a_note(client, monthly):  # noqa: F811
    data = "2026-{m};24010;somatisk;12;1;2\n2026-{m};24010;psykiatrisk;13;0;1\n"
    address = upload(client, monthly, data.format(m="01"))
    page = read(client.get(address))
    assert "Filen har ingen rubrikrad" in page.text
    client.post(address.replace("kolumner/", "rubrikrad"), data={"ingen": "ja"})
    delivery = the_delivery(address)
    mapped = delivery.reading.mapped
    assert [one.heading for one in mapped.columns] == list("ABCDEF")
    names = dict(zip("ABCDEF", ["manad", "sjukhus", "vardform", "disponibla", "overbelaggningar", "utlokaliserade"],
                     strict=True))  # fmt: skip
    answer = client.post(address, data=answers_for(delivery, **names))
    assert answer.status_code == 302, answer.text
    later = upload(client, monthly, data.format(m="02"), "b.csv")
    assert not the_delivery(later).reading.mapped.is_asking
    shown = read(client.get(later)).text
    assert "Filen har ingen rubrikrad" in shown and "A = " in shown


HOSPITALS = "Månad;Sjukhus;Vårdform;Vpl;Trångt;Utlok\n2026-{m};24010;somatisk;12;1;2\n"
THOUSANDS = "Månad;Sjukhus;Vårdform;Vpl (tusental);Trångt\n2026-{m};24010;somatisk;0,012;1\n"
KNOWN = {"Vpl": "disponibla", "Trångt": "overbelaggningar", "Utlok": "utlokaliserade"}


@pytest.fixture
def answered(client, monthly):  # noqa: F811
    """An export of the line that is known, called after its sheet."""
    address = upload(client, monthly, HOSPITALS.format(m="01"))
    told = {**answers_for(the_delivery(address), **KNOWN), "kallsystem": "Bladet"}
    assert client.post(address, data=told).status_code == 302
    return layouts_of_line(db.session, monthly.flow.id)[0].current.content_hash


def test_a_file_that_lacks_columns_of_a_known_export_may_be_another(client, monthly, answered):  # noqa: F811
    address = upload(client, monthly, THOUSANDS.format(m="02"), "annat.csv")
    page = read(client.get(address))
    assert "Var sparas svaren?" in page.text and "läggs till «Bladet»" in page.text and "utlok" in page.text
    told = answers_for(the_delivery(address), **{"Vpl (tusental)": "disponibla"})
    unsaid = client.post(address, data=told)
    assert unsaid.status_code == 422 and "saknar kolumner" in unsaid.text
    after = client.post(address, data={**told, "spara": "ny", "kallsystem": "Chefsrapporten"})
    assert after.status_code == 302, read(after, 422).text
    first, second = layouts_of_line(db.session, monthly.flow.id)
    assert (first.source, len(first.versions), first.current.content_hash) == ("Bladet", 1, answered)
    assert second.source == "Chefsrapporten" and "vpl" not in second.current.content.by_heading
    delivery = the_delivery(address)
    [counted] = delivery.reading.mapped.factors
    assert (counted.heading, delivery.layout_version_id) == ("Vpl (tusental)", second.current.id)
    client.post(address, data={"raknas-0": "1000", "revision": delivery.revision})
    assert not the_delivery(address).reading.mapped.is_asking
    again = the_delivery(upload(client, monthly, THOUSANDS.format(m="03"), "annat2.csv"))
    assert again.layout_version_id == second.current.id and not again.reading.mapped.is_asking
    of_first = the_delivery(upload(client, monthly, HOSPITALS.format(m="03"), "blad2.csv"))
    assert of_first.layout_version_id == first.current.id and not of_first.reading.mapped.is_asking


def test_a_file_with_all_columns_of_a_known_export_is_added_to_it_by_default(client, monthly, answered):  # noqa: F811
    more = HOSPITALS.format(m="02").replace("24010", "Västervik")
    address = upload(client, monthly, more, "mer.csv")
    assert read(client.get(address)).find('//input[@id="spara-till" and @checked]')
    told = {"namn-0": "24010"}
    assert client.post(address, data=told).status_code == 302
    [only] = layouts_of_line(db.session, monthly.flow.id)
    assert len(only.versions) == 2
