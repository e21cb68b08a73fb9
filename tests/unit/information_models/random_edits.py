"""Changes of shipped models by chance, of every kind that a modeller can make, which leave a sound model."""

import copy
from datetime import date
from random import Random

from information_models import code_lists, definitions, soundness
from information_models.definitions import LoadedModel
from information_models.starter.loading import model_contents, starter_model

ON = date(2026, 11, 1)
SLUGS = (
    "dagliga-vardplatser-per-avdelning",
    "faststallda-vardplatser-per-sjukhus",
    "manadsuppgifter-per-sjukhus",
    "publicerade-kvoter",
    "disponibla-vardplatser-per-region-ar",
)
TEXT = {"sv": "Prov", "en": "Trial"}


def edited(chance: Random, slug: str, times: int) -> LoadedModel | None:
    """A shipped model after some changes; ``None`` where they leave none that could be published."""
    content = copy.deepcopy(model_contents()[slug])
    lists = {name: copy.deepcopy(one.content()) for name, one in starter_model(slug).code_lists.items()}
    for _ in range(times):
        chance.choice(EDITS)(chance, content, lists)
    if definitions.problems(content) or any(code_lists.problems(one) for one in lists.values()):
        return None
    model = definitions.read(content)
    if any(soundness.problems(model)):
        return None
    return LoadedModel(model, {name: code_lists.read(one) for name, one in lists.items()})


def _element(chance, content, *types):
    found = [one for one in content["elements"] if not types or one["type"] in types]
    return chance.choice(found) if found else None


def bounds(chance, content, lists):
    if element := _element(chance, content, "integer", "decimal"):
        element[chance.choice(["minimum", "maximum"])] = chance.choice(
            [None, "0", "1", "-3", "100", "499", "12.5", "9999"]
        )


def decimals(chance, content, lists):
    if element := _element(chance, content, "decimal"):
        element["decimals"] = chance.randint(0, 3)


def types(chance, content, lists):
    if element := _element(chance, content, "integer", "decimal"):
        element.update(type=chance.choice(["integer", "decimal"]))
        if element["type"] == "integer":
            element["decimals"] = 0


def required(chance, content, lists):
    element = _element(chance, content)
    element["required"] = not element.get("required", True)


def labels(chance, content, lists):
    element = _element(chance, content)
    element["label"] = {"sv": f"Nytt {chance.randint(0, 99)}", "en": f"New {chance.randint(0, 99)}"}


def swapped_labels(chance, content, lists):
    one, other = chance.sample(content["elements"], 2)
    for field in ("label", "aliases"):
        one[field], other[field] = other.get(field, []), one.get(field, [])


def aliases(chance, content, lists):
    element = _element(chance, content)
    element["aliases"] = chance.choice([[], [*element.get("aliases", []), f"Alias {chance.randint(0, 99)}"]])


def kinds(chance, content, lists):
    element = _element(chance, content, "period")
    every = ["year", "half-year", "term", "month", "week", "day", "shift"]
    element["period_kinds"] = sorted(chance.sample(every, chance.randint(1, 3)), key=every.index)


def texts(chance, content, lists):
    if element := _element(chance, content, "text"):
        element["max_length"] = chance.choice([1, 5, 50, 200])
        element["pattern"] = chance.choice([None, "[A-Z]{1,3}", "[A-Za-z0-9 ]{1,20}", "[A-Z]{2}[0-9]{2,4}", "[0-9]{4}"])


def rules(chance, content, lists):
    numbers = [one["name"] for one in content["elements"] if one["type"] in ("integer", "decimal")]
    one, other = chance.choice(numbers), chance.choice(numbers)
    expression = chance.choice(
        [
            f"{one} <= {other} + {chance.randint(0, 9)}", f"{one} < {chance.randint(1, 600)}", f"{one} * 2 <= {other}",
            f"{one} is not null", f"{one} <> {chance.randint(0, 9)} or {other} > 3", f"{one} * {other} < 100",
        ]
    )  # fmt: skip
    severity = chance.choice(["error", "warning"])
    rule = {
        "id": f"r{chance.randint(0, 3)}",
        "severity": severity,
        "expression": expression,
        "text": TEXT,
        "reason": TEXT,
    }
    content["rules"] = [each for each in content["rules"] if each["id"] != rule["id"]] + [rule]


def fewer_rules(chance, content, lists):
    if content["rules"]:
        content["rules"].pop(chance.randrange(len(content["rules"])))


def harder_rules(chance, content, lists):
    if content["rules"]:
        chance.choice(content["rules"])["severity"] = chance.choice(["error", "warning"])


def keys(chance, content, lists):
    dimensions = [one["name"] for one in content["elements"] if one["role"] == "dimension"]
    content["key"] = sorted(
        {content["period_element"], *chance.sample(dimensions, chance.randint(1, len(dimensions)))},
        key=dimensions.index,
    )


def regions(chance, content, lists):
    content["region_element"] = None


def totals(chance, content, lists):
    content["total_rows"] = chance.choice(["refuse", "leave_out"])


def fewer_elements(chance, content, lists):
    used = {*content["key"], content["period_element"], content["region_element"]}
    free = [one for one in content["elements"] if one["name"] not in used]
    if len(free) > 1:
        content["elements"].remove(chance.choice(free))


def more_elements(chance, content, lists):
    number = chance.randint(0, 999)
    kind = chance.choice(["integer", "text"])
    content["elements"].append(
        {
            "name": f"ny{number}", "label": {"sv": f"Ny {number}", "en": f"Newer {number}"}, "description": TEXT,
            "role": "value" if kind == "integer" else "attribute", "type": kind, "required": chance.random() < 0.5,
        }
    )  # fmt: skip


def meaning(chance, content, lists):
    element = _element(chance, content)
    element.update(
        chance.choice([{"unit": TEXT}, {"additive": False}, {"concerns_persons": True}, {"description": TEXT}])
    )


def _code(chance, lists):
    if not lists:
        return None, None
    codes = lists[chance.choice(sorted(lists))]["codes"]
    return codes, chance.choice(codes)


def code_names(chance, content, lists):
    codes, code = _code(chance, lists)
    other = chance.choice(codes)
    match chance.randint(0, 4):
        case 0:
            code["label"] = {"sv": f"Kod {chance.randint(0, 999)}", "en": f"Code {chance.randint(0, 999)}"}
        case 1:
            code["aliases"] = [*code["aliases"], f"Stavning {chance.randint(0, 999)}"]
        case 2:
            code["aliases"] = []
        case 3:
            code["label"], other["label"] = other["label"], code["label"]
        case 4:
            code["aliases"], other["aliases"] = other["aliases"], code["aliases"]


def code_totals(chance, content, lists):
    _codes, code = _code(chance, lists)
    code["aliases"] = [*code["aliases"], chance.choice(["Totalt", "Summa"])]


def code_validity(chance, content, lists):
    _codes, code = _code(chance, lists)
    code["valid_from"] = chance.choice([None, "2019-04-15", "2024-01-01"])
    code["valid_to"] = chance.choice([None, "2024-05-14", "2025-12-31", "2031-12-31"])


def code_places(chance, content, lists):
    codes, code = _code(chance, lists)
    code["parent"] = chance.choice(codes)["parent"]


def fewer_codes(chance, content, lists):
    codes, code = _code(chance, lists)
    if len(codes) > 1:
        codes.remove(code)


def more_codes(chance, content, lists):
    codes, code = _code(chance, lists)
    number = chance.randint(100, 999)
    label = {"sv": f"Ny kod {number}", "en": f"New code {number}"}
    codes.append({**code, "code": f"N{number}", "label": label, "aliases": []})


EDITS = (
    bounds, decimals, types, required, labels, swapped_labels, aliases, kinds, texts, rules, rules, fewer_rules, harder_rules,
    keys, regions, totals, fewer_elements, more_elements, meaning, code_names, code_names, code_totals, code_validity,
    code_validity, code_places, fewer_codes, more_codes,
)  # fmt: skip
