"""How fast the EMA Workbench runs experiments with Démarche, and with the same scenario in plain Python.

    python python/benches/workbench.py [experiments] [trials] [repetitions]

Both are run by the workbench's own `SequentialEvaluator` on the same design, in turns, in one process. The plain
Python is `benches/peers/border_crisis_plain.py`: the same rules, without the course of each trial that the engine records.
Prints the medians of the times, and how far the results of both are from each other.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from functools import partial
from pathlib import Path

import numpy
from ema_workbench import Model, SequentialEvaluator
from ema_workbench.em_framework.samplers import sample_levers, sample_uncertainties

import demarche
import demarche.ema

ROOT = Path(__file__).parents[2]
SCENARIO = ROOT / "scenarios" / "border-crisis.toml"
POLICIES = 5
"""How many of the experiments have the same values: one for each policy that is sampled."""

sys.path.append(str(ROOT / "benches" / "peers"))

from border_crisis_plain import play  # noqa: E402

LUCK = random.Random(1)
"""The random numbers of the plain Python."""


def experiment(chosen_policy: str, n: int, **assumptions: float) -> dict[str, float]:
    """The shares of trials that end in each outcome, and the mean of trade at their end."""
    results = dict.fromkeys(["war", "settlement", "uneasy_talks", "standoff", "unresolved", "measures.trade"], 0.0)
    for _ in range(n):
        outcome, _, _, trade = play(LUCK, policy=chosen_policy, **assumptions)
        results[outcome] += 1 / n
        results["measures.trade"] += trade / n
    return results


def main(experiments: int = 500, trials: int = 200, repetitions: int = 5) -> None:
    ours = demarche.ema.model(demarche.Scenario(SCENARIO), n=trials)
    alone = demarche.ema.model(demarche.Scenario(SCENARIO), n=trials, threads=1)
    theirs = Model("plain", function=partial(experiment, n=trials))
    for part in ("uncertainties", "levers", "outcomes"):
        setattr(theirs, part, list(getattr(ours, part)))
    models = {"Démarche": ours, "Démarche, 1 thread": alone, "plain Python": theirs}
    design = (sample_uncertainties([ours], experiments // POLICIES), sample_levers([ours], POLICIES))
    seconds: dict[str, list[tuple[float, float]]] = {name: [] for name in models}
    results = {}
    for _ in range(repetitions):
        for name, model in models.items():
            started = (time.perf_counter(), time.process_time())
            with SequentialEvaluator(model) as evaluator:
                rows, outcomes = evaluator.perform_experiments(*design)
            seconds[name].append((time.perf_counter() - started[0], time.process_time() - started[1]))
            assert len(rows) == experiments
            results[name] = (rows, outcomes)
    for name, took in seconds.items():
        wall, cpu = (statistics.median(own[at] for own in took) for at in (0, 1))
        print(f"{name:18} {wall:6.2f} s on the clock, {cpu:6.2f} s of processors, {experiments / wall:.0f} experiments/s")
    (rows, own), (other_rows, other) = results["Démarche"], results["plain Python"]
    own_names = ["model", "policy", "scenario"]
    assert rows.drop(columns=own_names).equals(other_rows.drop(columns=own_names)), "both have the same design"
    print("columns:", ", ".join(rows.columns))
    for name in own:
        far = numpy.abs(own[name] - other[name])
        print(f"{name:15} means {own[name].mean():.4f} and {other[name].mean():.4f}, apart at most {far.max():.3f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
