"""Adaptors, against the packages that they are for."""

import pickle

import numpy
import pytest
from ema_workbench import CategoricalParameter, RealParameter, ScalarOutcome, SequentialEvaluator
from ema_workbench import perform_experiments
from SALib.analyze import morris as morris_analyze
from SALib.analyze import sobol as sobol_analyze
from SALib.sample import morris as morris_sample
from SALib.sample import sobol as sobol_sample

import demarche
import demarche.ema
import demarche.salib
from demarche import Scenario

LINEAR = """format = 1
scenario = { title = "Two numbers", steps = 1, trials = 50 }
assumptions = { a = "0.1 to 1", b = "uniform(0, 1)", c = "pert(1, 2, 4)", d = 0.5 }
measures = { sum = "a + 4 * b" }
state = { x = { start = 0 } }
policies = { double = { title = "Double", set = { "state.x.start" = 1 } } }
worlds = { high = { set = { "assumptions.c" = 3 } } }
outcomes = [{ id = "up", when = "x > 0.5" }]
"""


def test_the_workbench_runs_experiments_with_the_right_columns(border: Scenario) -> None:
    model = demarche.ema.model(border, n=20, threads=1)
    assert [(own.name, type(own)) for own in model.uncertainties] == [
        ("cost_of_war", RealParameter), ("sanctions_bite", RealParameter), ("p_a_wins", RealParameter),
    ]
    [lever] = model.levers
    assert (lever.name, type(lever)) == (demarche.ema.LEVER, CategoricalParameter)
    assert {own.name for own in model.outcomes} == {*border.outcomes, "measures.trade"}
    with SequentialEvaluator(model) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(scenarios=100, policies=5)
    assert len(experiments) == 500
    assert {"cost_of_war", "p_a_wins", "sanctions_bite", demarche.ema.LEVER, "policy", "scenario", "model"} == set(
        experiments.columns
    )
    assert set(outcomes) == {*border.outcomes, "measures.trade"}
    assert all(own.shape == (500,) for own in outcomes.values())
    shares = sum(outcomes[own] for own in border.outcomes)
    assert numpy.allclose(shares, 1)
    # Every experiment is what the scenario says at its values.
    for at in (0, 123, 499):
        row = experiments.iloc[at]
        names = ("cost_of_war", "p_a_wins", "sanctions_bite")
        point = {f"assumptions.{name}": float(row[name]) for name in names}
        alone = border.run(set=point, policy=row[demarche.ema.LEVER], n=20)
        shares = dict(zip(alone.summary["outcome"], alone.summary["share"]))
        assert {own: outcomes[own][at] for own in border.outcomes} == shares
    assert all(outcomes[own].std() > 0 for own in ("war", "settlement", "measures.trade"))


def test_a_model_of_the_workbench_takes_bounds_worlds_and_results() -> None:
    scenario = Scenario(LINEAR)
    model = demarche.ema.model(
        scenario, name="two numbers!", bounds={"d": (0, 2)}, uncertainties=["b", "d"], worlds=["base", "high"],
        policies=["none", "double"], outcomes=["up", "measures.sum", "state.x"], n=2,
    )
    assert model.name == "twonumbers"
    assert [own.name for own in model.uncertainties] == ["b", "d", demarche.ema.WORLD]
    assert [type(own) for own in model.outcomes] == [ScalarOutcome] * 3
    experiments, outcomes = perform_experiments(model, scenarios=6, policies=1)
    assert set(experiments[demarche.ema.WORLD]) <= {"base", "high"}
    doubled = (experiments[demarche.ema.LEVER] == "double").astype(float).tolist()
    assert outcomes["up"].tolist() == outcomes["state.x"].tolist() == doubled
    alone = demarche.ema.model(scenario, policies=["double"], n=2)
    assert list(alone.levers) == [] and [own.name for own in alone.uncertainties] == ["a", "b", "c"]
    assert alone.function(a=0.5)["up"] == 1.0
    function = pickle.loads(pickle.dumps(model.function))
    assert function(b=0.25, d=1.0) == model.function(b=0.25, d=1.0)
    with pytest.raises(ValueError, match="bounds of 'd' are not known"):
        demarche.ema.model(scenario, uncertainties=["d"])
    with pytest.raises(ValueError, match="there is no result 'down'"):
        demarche.ema.model(scenario, outcomes=["down"])
    with pytest.raises(demarche.QuestionError, match="did you mean `double`"):
        demarche.ema.model(scenario, policies=["doubel"])


def test_salib_finds_what_a_sum_rests_on() -> None:
    problem = demarche.salib.Problem(Scenario(LINEAR), of="measures.sum", names=["a", "b"], bounds={"a": (0, 1), "b": (0, 1)}, n=1)
    assert problem.spec == {"num_vars": 2, "names": ["a", "b"], "bounds": [[0.0, 1.0], [0.0, 1.0]]}
    samples = sobol_sample.sample(problem.spec, 64)
    results = problem.evaluate(samples)
    assert results == pytest.approx(samples[:, 0] + 4 * samples[:, 1], rel=1e-12)
    indices = sobol_analyze.analyze(problem.spec, results)
    # The variance of a uniform number times 1 and times 16.
    assert indices["S1"] == pytest.approx([1 / 17, 16 / 17], abs=0.05)
    trajectories = morris_sample.sample(problem.spec, 20)
    effects = morris_analyze.analyze(problem.spec, trajectories, problem.evaluate(trajectories))
    assert numpy.asarray(effects["mu_star"]) == pytest.approx([1, 4], rel=1e-9)


def test_salib_takes_a_real_scenario_and_several_results(border: Scenario) -> None:
    problem = demarche.salib.Problem(border, of=["war", "measures.trade"], n=40, seed=3, policy="restraint")
    assert problem.spec["names"] == ["cost_of_war", "sanctions_bite", "p_a_wins"]
    samples = sobol_sample.sample(problem.spec, 4)
    results = problem.evaluate(samples, progress=False)
    assert results.shape == (len(samples), 2)
    names = ("cost_of_war", "sanctions_bite", "p_a_wins")
    point = {f"assumptions.{name}": value for name, value in zip(names, samples[3].tolist())}
    alone = border.run(set=point, policy="restraint", n=40, seed=3).summary
    assert results[3, 0] == dict(zip(alone["outcome"], alone["share"]))["war"]
    with pytest.raises(ValueError, match="for 3 values"):
        problem.evaluate(samples[:, :2])
    with pytest.raises(ValueError, match="there is no result 'wra'"):
        demarche.salib.Problem(border, of="wra")
    with pytest.raises(ValueError, match="leave nothing between"):
        demarche.salib.Problem(border, of="war", bounds={"p_a_wins": (1, 1)})
