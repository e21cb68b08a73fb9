"""What the parts of code lists, models and measures are called in their forms. Pure."""

from registry.content.places import Words
from registry.findings import Text

WORDS = Words(
    fields={
        "aliases": Text("andra stavningar", "other spellings"),
        "aggregation": Text("summering", "aggregation"),
        "code": Text("kod", "code"),
        "code_list": Text("kodlista", "code list"),
        "codes": Text("koderna", "the codes"),
        "concept": Text("begrepp", "concept"),
        "decimals": Text("antal decimaler", "number of decimals"),
        "elements": Text("elementen", "the elements"),
        "expression": Text("uttryck", "expression"),
        "id": Text("id", "id"),
        "key": Text("nyckel", "key"),
        "label": Text("namn", "name"),
        "max_length": Text("längsta längd", "greatest length"),
        "maximum": Text("största värde", "greatest value"),
        "minimum": Text("minsta värde", "least value"),
        "name": Text("namn", "name"),
        "note": Text("anmärkning", "note"),
        "parent": Text("överordnad", "parent"),
        "parent_list": Text("överordnad lista", "parent list"),
        "pattern": Text("mönster", "pattern"),
        "persons_reason": Text("skäl om personer", "reason about persons"),
        "period_element": Text("element för perioden", "period element"),
        "period_kinds": Text("slag av perioder", "kinds of periods"),
        "region_element": Text("element för regionen", "region element"),
        "rules": Text("reglerna", "the rules"),
        "rate": Text("minsta stora ändring av kvoter", "least large change of rates"),
        "score": Text("gräns för ovanliga värden", "limit of unusual values"),
        "share": Text("stor ändring i procent", "large change in per cent"),
        "thresholds": Text("gränserna mot historiken", "the thresholds against history"),
        "type": Text("typ", "type"),
        "unit": Text("enhet", "unit"),
    },
    rows={
        "codes": (Text("Kod", "Code"), "code"),
        "elements": (Text("Element", "Element"), "name"),
        "rules": (Text("Regel", "Rule"), "id"),
        "notes": (Text("Anmärkning", "Note"), ""),
        "known_totals": (Text("Publicerad summa", "Published total"), "period"),
    },
)
