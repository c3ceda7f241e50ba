"""A scenario as a model of the EMA Workbench (https://emaworkbench.readthedocs.io).

    >>> import demarche, demarche.ema
    >>> from ema_workbench import perform_experiments
    >>> model = demarche.ema.model(demarche.Scenario("scenarios/border-crisis.toml"), n=500)
    >>> experiments, outcomes = perform_experiments(model, scenarios=100, policies=3)

Uncertainties are the assumptions, each within its bounds and with every value as likely as another, whatever
the file says. The lever `chosen_policy` is the policy in force. Outcomes are the share of trials that end in
each outcome, and the means of the measures at the end of trials. All experiments have the same random
numbers, so that they differ by their values alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .bounds import bounded
from .options import Value
from .scenario import Scenario

if TYPE_CHECKING:
    import ema_workbench

LEVER = "chosen_policy"
"""The name of the lever that says which policy is in force. (The workbench keeps `policy` for itself.)"""
WORLD = "world"
"""The name of the uncertainty that says which world holds."""


def model(
    scenario: Scenario,
    *,
    name: str | None = None,
    uncertainties: Sequence[str] | None = None,
    bounds: Mapping[str, tuple[float, float]] | None = None,
    policies: Sequence[str] | None = None,
    worlds: Sequence[str] = ("base",),
    outcomes: Sequence[str] | None = None,
    n: int | None = None,
    seed: int = 1,
    threads: int | None = None,
) -> ema_workbench.Model:
    """A model of the EMA Workbench; needs the package `ema_workbench`.

    - `name`: its name, of letters and digits; without, made of the scenario's title
    - `uncertainties`, `bounds`: which values vary, and within which bounds: see `demarche.bounds`
    - `policies`: those that the lever chooses among; without, all. With one alone there is no lever
    - `worlds`: those that the uncertainty `world` chooses among; with one alone, it always holds
    - `outcomes`: ids of outcomes, `state.NAME`, `measures.NAME` or `utility.ACTOR`; without, all outcomes and
      measures
    - `n`, `seed`, `threads`: how many trials an experiment has, with which seed, on how many threads. With an
      evaluator of the workbench that has several processes, `threads=1`

    Raises `ValueError` if bounds are missing, and `QuestionError` if there is no such policy, world or outcome.
    """
    from ema_workbench import CategoricalParameter, Model, RealParameter, ScalarOutcome

    varied = bounded(scenario, uncertainties, bounds)
    chosen = list(scenario.policies if policies is None else policies)
    paths = {one.name: one.path for one in varied}
    function = Experiment(scenario, paths, chosen[0], worlds[0], n, seed, threads)
    # A single trial at any point says which results there are, and that policies and worlds are known.
    known = [
        scenario.evaluate([{}] * len(chosen), policy=chosen, world=world, n=1).column_names
        for world in worlds
    ][0]
    own = re.sub(r"[^A-Za-z0-9]", "", name or scenario.title) or "scenario"
    made = Model(own, function=function)
    made.uncertainties = [RealParameter(one.name, one.low, one.high) for one in varied]
    if len(worlds) > 1:
        made.uncertainties = [*made.uncertainties, CategoricalParameter(WORLD, list(worlds))]
    if len(chosen) > 1:
        made.levers = [CategoricalParameter(LEVER, chosen)]
    if outcomes is None:
        outcomes = [one for one in known if "." not in one or one.startswith("measures.")]
    for one in outcomes:
        if one not in known:
            raise ValueError(f"there is no result {one!r}; there are {', '.join(known)}")
    made.outcomes = [ScalarOutcome(one) for one in outcomes]
    return made


class Experiment:
    """What an experiment of the workbench calls: values, a policy and a world in, results out.

    It can be pickled, so that evaluators with several processes take it.
    """

    def __init__(
        self,
        scenario: Scenario,
        paths: Mapping[str, str],
        policy: str,
        world: str,
        n: int | None,
        seed: int,
        threads: int | None,
    ) -> None:
        self.scenario = scenario
        self.paths = dict(paths)
        self.policy = policy
        self.world = world
        self.n = n
        self.seed = seed
        self.threads = threads

    def __call__(self, **experiment: Any) -> dict[str, float]:
        """The results of trials with these values, by their names."""
        policy = str(experiment.pop(LEVER, self.policy))
        world = str(experiment.pop(WORLD, self.world))
        point: dict[str, Value] = {
            self.paths[name]: float(value) for name, value in experiment.items() if name in self.paths
        }
        played = self.scenario.evaluate(
            [point], policy=policy, world=world, n=self.n, seed=self.seed, threads=self.threads, progress=False
        )
        return {name: float("nan") if value is None else value for name, value in next(iter(played)).items()}
