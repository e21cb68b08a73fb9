"""Every rule says what its scenarios expect, and has one of each kind."""

import pytest

from legal_checks.finding_texts import FINDING_TEXTS
from legal_checks.secrecy.named_provisions import PROVISIONS_BY_ID
from legal_checks.secrecy.rules import RULES, Strength, Verdict
from legal_checks.secrecy.scenarios import SCENARIOS

RULES_BY_ID = {rule.id: rule for rule in RULES}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: f"{scenario.rule}: {scenario.says}")
def test_a_rule_judges_its_scenario_as_written(scenario):
    assert RULES_BY_ID[scenario.rule].verdict(scenario.all_answers, scenario.circumstances) is scenario.verdict


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_a_scenario_for_pass_fail_and_not_applicable(rule):
    assert {scenario.verdict for scenario in SCENARIOS if scenario.rule == rule.id} == set(Verdict)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_cites_known_provisions_and_has_a_text(rule):
    assert rule.provisions
    assert set(rule.provisions) <= set(PROVISIONS_BY_ID)
    codes = {text.code for text in FINDING_TEXTS}
    assert rule.code in codes
    assert rule.strength is Strength.ASKS or rule.stop_code in codes


def test_rules_have_ids_and_codes_of_their_own():
    assert len({rule.id for rule in RULES}) == len({rule.code for rule in RULES}) == len(RULES)
