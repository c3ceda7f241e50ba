"""Scenarios are read, checked and told by name."""

import copy
import pickle
import re

import pytest

import demarche
from conftest import BORDER, command

BROKEN = """format = 1
[scenario]
title = "Broken"
steps = 3
[state]
é = { start = 0 }
[[outcomes]]
id = "up"
when = "hieght > 1"
[policies.calm]
title = "Calm"
"""


def test_a_path_and_its_text_are_the_same_scenario(border: demarche.Scenario) -> None:
    text = BORDER.read_text(encoding="utf-8")
    from_text = demarche.Scenario(text, name=BORDER.name)
    assert from_text.text == border.text == text
    ours, theirs = (own.run(n=300).tables["summary"].to_dict() for own in (border, from_text))
    assert ours == theirs
    assert demarche.Scenario(text).path == "scenario.toml"
    assert demarche.Scenario(str(BORDER)).title == "Border crisis"


def test_a_scenario_is_told_by_name(border: demarche.Scenario) -> None:
    assert (border.title, border.steps, border.n) == ("Border crisis", 12, 10_000)
    assert border.policies == {
        "none": "No policy", "restraint": "A does not threaten", "early_offer": "A offers to share at once",
    }
    assert list(border.worlds) == ["base", "hawkish_b"]
    assert list(border.outcomes) == ["war", "settlement", "uneasy_talks", "standoff", "unresolved"]
    assert border.actors == {"a": "A", "b": "B"}
    inputs = {own.name: own for own in border.inputs}
    cost, wins = inputs["cost_of_war"], inputs["p_a_wins"]
    assert (cost.path, cost.formula, cost.is_assumption) == ("assumptions.cost_of_war", "beta(4, 3)", True)
    assert cost.low is not None and cost.high is not None and 0 < cost.low < 0.2 and 0.9 < cost.high < 1
    assert (wins.low, wins.high) == pytest.approx((0.424, 0.876), abs=1e-3), "1 of 1,000 draws is beyond"
    bite = inputs["sanctions_bite"]
    assert bite.low is not None and bite.high is not None
    assert 0 <= bite.low < 0.2 and 0.5 < bite.high < 2, "a lognormal has no end above"
    assert "baseline_trade" not in inputs, "a constant is not drawn"
    # What the actors of this scenario draw is no assumption.
    assert any(not own.is_assumption and own.path.startswith("actors.") for own in border.inputs)


def test_mistakes_are_drawn_as_the_command_draws_them(tmp_path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(BROKEN, encoding="utf-8")
    with pytest.raises(demarche.ScenarioError) as raised:
        demarche.Scenario(path)
    printed = command("check", path)
    assert printed.returncode == 2
    assert str(raised.value) == printed.stderr.rstrip()
    assert f"--> {path}:9:9" in str(raised.value)
    [unknown] = [own for own in raised.value.diagnostics if own.code == "E203"]
    assert (unknown.severity, unknown.line, unknown.column) == ("error", 9, 9)
    assert (unknown.file, unknown.label.split()[0]) == (str(path), "expected")
    again = pickle.loads(pickle.dumps(raised.value))
    assert str(again) == str(raised.value) and again.diagnostics == raised.value.diagnostics
    assert isinstance(raised.value, ValueError) and isinstance(raised.value, demarche.DemarcheError)


def test_what_is_no_scenario_is_refused(tmp_path) -> None:
    with pytest.raises(FileNotFoundError):
        demarche.Scenario(tmp_path / "missing.toml")
    with pytest.raises(demarche.ScenarioError, match="not UTF-8"):
        (tmp_path / "bytes.toml").write_bytes(b"format = 1\n\xff")
        demarche.Scenario(tmp_path / "bytes.toml")
    with pytest.raises(demarche.QuestionError, match="larger than a scenario may be"):
        demarche.Scenario("#" * (16 << 20) + "\n")


def test_a_check_says_what_the_command_says(border: demarche.Scenario) -> None:
    printed = command("check", "scenarios/border-crisis.toml").stdout
    contents, price, rest = re.split("(?=\nWhat it takes here|\nHow decided the choices are)", printed)
    check = border.check()
    assert (repr(check), check.warnings) == (contents + rest, ())
    # What playing takes is measured anew each time, and only by the command.
    assert re.search(r" `run` +10,000 trials: about [0-9.]+ m?s\n", price)
    assert "How decided the choices are" in check.decisiveness
    with pytest.raises(demarche.ScenarioError, match="--set"):
        border.check(set={"assumptions.cost_of_wra": 0.5})


def test_a_scenario_can_be_pickled_and_copied(border: demarche.Scenario) -> None:
    for other in (pickle.loads(pickle.dumps(border)), copy.deepcopy(border)):
        assert (other.path, other.text) == (border.path, border.text)
        assert other.run(n=50).tables["summary"].to_dict() == border.run(n=50).tables["summary"].to_dict()


def test_what_does_not_fit_a_scenario_is_refused_in_the_words_of_the_command(border: demarche.Scenario) -> None:
    with pytest.raises(demarche.QuestionError) as raised:
        border.compare(policy="restrain")
    printed = command("compare", "scenarios/border-crisis.toml", "--policy", "restrain")
    assert printed.stderr == f"error: {raised.value}\n"
    assert "did you mean `restraint`?" in str(raised.value)
    with pytest.raises(demarche.QuestionError, match="invalid value '0' for '-n <TRIALS>'"):
        border.run(n=0)
    with pytest.raises(demarche.QuestionError, match="cannot be used with"):
        border.run(n=10, draws=10)
    with pytest.raises(demarche.QuestionError, match="does not say which of its trials"):
        border.trace(outcome="war")


def test_a_value_that_cannot_be_used_says_where() -> None:
    scenario = demarche.Scenario(
        "format = 1\nscenario = { steps = 2 }\nstate = { x = { start = 1 } }\nlaws = { x = 'ln(x - 1)' }\n"
        "outcomes = [{ id = 'a', when = 'x > 5' }]"
    )
    with pytest.raises(demarche.PlayError, match="x"):
        scenario.run(n=10)
