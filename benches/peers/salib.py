"""Analyses the plays of `demarche sensitivity --trials csv` with SALib, and prints both results side by side.

    python3 benches/peers/salib.py RUN_FOLDER

Of Sobol rows, SALib's `sobol` gets the plays at A, B and AB of every row, its `delta` the uniform numbers and
results at A. Of Morris trajectories, its `morris` gets all points. The numbers compared are of the same plays.
"""

import csv
import json
import math
import sys
from pathlib import Path

import numpy as np
from SALib.analyze import delta, morris, sobol

LEVELS = 4


def rows_of(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def problem_of(names):
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def line(name, *numbers):
    shown = " ".join("       -" if n is None or math.isnan(n) else f"{n:8.4f}" for n in numbers)
    print(f"{name[:40]:40} {shown}")


def number(text):
    return float(text) if text else None


def sobol_rows(folder, trials):
    own = rows_of(folder / "importance.csv")
    whole = {row["of"]: row for row in rows_of(folder / "variance.csv")}
    plays = {}
    for trial in trials:
        plays.setdefault(trial["play"], []).append(trial)
    groups = [play for play in plays if play not in ("A", "A again", "B")]
    inputs = [name for name in trials[0] if name.startswith("number.")]
    for of in whole:
        column = {play: np.array([float(row[f"of.{of}"]) for row in rows]) for play, rows in plays.items()}
        order = [column["A"], *(column[group] for group in groups), column["B"]]
        y = np.stack(order, axis=1).ravel()
        found = sobol.analyze(problem_of(groups), y, calc_second_order=False, seed=1)
        x = np.array([[float(row[name]) for name in inputs] for row in plays["A"]])
        given = delta.analyze(problem_of(inputs), x, column["A"], num_resamples=10, seed=1) if len(inputs) == len(groups) else None
        print(f"\n{of}: {len(column['A'])} rows, V {whole[of]['V']} of {whole[of]['total']}")
        print(f"{'':40} {'S1':>8} {'low':>8} {'high':>8} {'SALib':>8} {'conf':>8} {'delta S1':>8}"
              f" {'ST':>8} {'low':>8} {'high':>8} {'SALib':>8} {'conf':>8}")
        for at, row in enumerate(row for row in own if row["of"] == of):
            line(row["input"], number(row["S1"]), number(row["S1_low"]), number(row["S1_high"]),
                 found["S1"][at], found["S1_conf"][at], given["S1"][at] if given else None,
                 number(row["ST"]), number(row["ST_low"]), number(row["ST_high"]),
                 found["ST"][at], found["ST_conf"][at])


def morris_points(folder, trials):
    own = rows_of(folder / "morris.csv")
    inputs = [name for name in trials[0] if name.startswith("number.")]
    x = np.array([[float(row[name]) for name in inputs] for row in trials])
    for of in dict.fromkeys(row["of"] for row in own):
        y = np.array([float(row[f"of.{of}"]) for row in trials])
        found = morris.analyze(problem_of(inputs), x, y, num_levels=LEVELS, seed=1)
        print(f"\n{of}")
        print(f"{'':40} {'mu':>8} {'SALib':>8} {'mu*':>8} {'low':>8} {'high':>8} {'SALib':>8} {'conf':>8}"
              f" {'sigma':>8} {'SALib':>8}")
        for at, row in enumerate(row for row in own if row["of"] == of):
            line(row["input"], float(row["mu"]), found["mu"][at], float(row["mu_star"]),
                 float(row["mu_star_low"]), float(row["mu_star_high"]), found["mu_star"][at],
                 found["mu_star_conf"][at], float(row["sigma"]), found["sigma"][at])


def main():
    folder = Path(sys.argv[1])
    method = json.loads((folder / "manifest.json").read_text())["question"]["method"]
    trials = rows_of(folder / "trials.csv")
    {"sobol": sobol_rows, "morris": morris_points}[method](folder, trials)


if __name__ == "__main__":
    main()
