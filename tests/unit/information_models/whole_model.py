"""A model with every kind of column, and a row that fits it."""

from datetime import date
from decimal import Decimal

from information_models.code_lists import Code, CodeList
from information_models.definitions import Element, ElementType, LoadedModel, Model, Role, Rule
from registry.findings import Severity, Text
from registry.period import PeriodKind
from tests.record_conformance import Conformance

T = Text("x", "x")
REGIONS = CodeList(
    "regioner", T, T,
    (
        Code("01", Text("Nord", "North"), aliases=("N",)),
        Code("12", Text("Syd", "South"), valid_from=date(2018, 6, 15)),
        Code("99", Text("Förr", "Before"), valid_to=date(2018, 2, 15)),
    ),
)  # fmt: skip


def element(name, role, kind, **more):
    return Element(name, Text(name.capitalize(), name.upper()), T, role, kind, **more)


ELEMENTS = (
    element("manad", Role.DIMENSION, ElementType.PERIOD, period_kinds=(PeriodKind.MONTH,)),
    element("region", Role.DIMENSION, ElementType.CODE, code_list="regioner"),
    element("avd", Role.DIMENSION, ElementType.TEXT, required=False, max_length=9),
    element("slag", Role.ATTRIBUTE, ElementType.TEXT, required=False, max_length=3, pattern="[a-z]{1,3}"),
    element("dag", Role.ATTRIBUTE, ElementType.DATE, required=False),
    element("jamfort", Role.ATTRIBUTE, ElementType.PERIOD, required=False, period_kinds=(PeriodKind.YEAR,)),
    element("andel", Role.ATTRIBUTE, ElementType.DECIMAL, required=False, decimals=1),
    element("antal", Role.VALUE, ElementType.INTEGER, minimum=Decimal(0), maximum=Decimal(100)),
    element("medel", Role.VALUE, ElementType.DECIMAL, decimals=1, minimum=Decimal("-0.5"), maximum=Decimal("9.9")),
)
RULES = (Rule("ryms", Severity.ERROR, "medel <= antal", T, T), Rule("snal", Severity.WARNING, "antal < 50", T, T))
MODEL = LoadedModel(
    Model("m", T, T, ELEMENTS, ("manad", "region", "avd"), "manad", "region", RULES), {"regioner": REGIONS}
)
ROW = {
    "manad": "2018-07", "region": "01", "avd": "A", "slag": "ab", "dag": "2018-07-01", "jamfort": "2017", "andel": "0,5",
    "antal": "10", "medel": "1,5",
}  # fmt: skip


def faults(checked):
    return [(one.code, [(place.row, place.field, place.value) for place in one.places]) for one in checked.findings]


CONFORMANCE = Conformance(MODEL)


def codes(record, **more):
    return [(one.code, one.places[0].field) for one in CONFORMANCE.check(record, **more)]
