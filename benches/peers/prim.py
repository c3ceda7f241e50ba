"""Compares `demarche discover` with PRIM as the EMA Workbench does it, on the same trials.

    demarche run FILE -n 10000 --trials csv -o played
    demarche discover FILE --outcome war -n 10000 -o played
    PYTHONHASHSEED=0 python3 benches/peers/prim.py played/NAME/run-KEY played/NAME/discover-KEY

Both commands play the same trials. The workbench looks for a box in the even ones, with its defaults; each
of its boxes is then counted in the odd ones. Everything has to agree with `peeling.csv` and `boxes.csv`:
the number of steps, the figures of every step, the limits of the box that is shown, and its quasi-p values.

Flags are numbers in the table of trials, so the workbench takes them for whole numbers; their limits are
compared as such. It takes labels in the order of a Python set, which depends on the seed of hashes: where
two boxes are equally good, it may go another way.
"""

import argparse
import logging
import math
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import binomtest

warnings.filterwarnings("ignore")

from ema_workbench.analysis import prim  # noqa: E402

logging.disable(logging.CRITICAL)

DENSE = 0.8


def is_input(name):
    """Whether a column is settled once per trial: neither a result nor a series."""
    head, _, rest = name.partition(".")
    if head in ("state", "measures"):
        return "." in rest
    return name not in ("trial", "outcome", "end_step") and head != "first"


def inputs(trials):
    """The columns that vary."""
    names = [name for name in trials.columns if is_input(name) and trials[name].nunique() > 1]
    return trials[names].copy()


def restrictions(box, whole):
    """What a box restricts: a list of labels, or a pair of limits with None where there is none."""
    found = {}
    for name in box.columns:
        low, high = box[name]
        least, most = whole[name]
        if isinstance(low, set):
            if low != least:
                found[name] = sorted(low)
        elif low != least or high != most:
            found[name] = [None if low == least else low, None if high == most else high]
    return found


def inside(x, limits):
    """Which rows meet all restrictions."""
    kept = np.ones(len(x), dtype=bool)
    for name, own in limits.items():
        if own and isinstance(own[0], str):
            kept &= x[name].isin(own).values
            continue
        low, high = own
        if low is not None:
            kept &= (x[name] >= low).values
        if high is not None:
            kept &= (x[name] <= high).values
    return kept


def quasi_p(x, y, limits, name, end):
    """The quasi-p value of a limit: `end` is 0 or 1, or None for labels."""
    wider = {key: list(own) for key, own in limits.items()}
    if end is None:
        del wider[name]
    else:
        wider[name][end] = None
    own, without = y[inside(x, limits)], y[inside(x, wider)]
    return binomtest(int(own.sum()), len(own), without.mean(), alternative="greater").pvalue


def near(a, b):
    return a == b or math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)


def compare(run, discover):
    """Prints the shown box of both, and returns what differs."""
    trials = pd.read_csv(run / "trials.csv")
    peeling = pd.read_csv(discover / "peeling.csv")
    boxes = pd.read_csv(discover / "boxes.csv")
    outcome = peeling["outcome"][0]
    x, y = inputs(trials), (trials["outcome"] == outcome).values.astype(int)
    even, odd = slice(0, None, 2), slice(1, None, 2)
    search = prim.Prim(x[even].reset_index(drop=True), y[even], threshold=1e-9)
    found = search.find_box()
    held_x, held_y = x[odd], y[odd]
    own = peeling[peeling["box"] == 1]
    wrong = []
    if len(own) != len(found.box_lims):
        wrong.append(f"{len(own)} steps, the workbench has {len(found.box_lims)}")
    steps = []
    for box, (_, row) in zip(found.box_lims, own.iterrows()):
        limits = restrictions(box, search.box_init)
        kept = inside(held_x, limits)
        count = held_y[kept].sum()
        figures = {
            "coverage": count / held_y.sum(),
            "density": count / kept.sum() if kept.any() else math.nan,
            "mass": kept.mean(),
            "n": kept.sum(),
            "res_dim": len(limits),
        }
        steps.append((limits, figures))
        wrong += [
            f"step {row['id']}: {name} {row[name]}, the workbench {value}"
            for name, value in figures.items()
            if not near(row[name], value)
        ]
    density = [figures["density"] for _, figures in steps]
    dense = [at for at, own in enumerate(density) if own >= DENSE]
    shown = dense[-1] if dense else int(np.nanargmax(density))
    limits, figures = steps[shown]
    print(f"{outcome}: {len(steps)} steps; step {shown} is shown:", figures)
    rows = boxes[boxes["box"] == 1].set_index("input") if len(boxes) else boxes
    if not len(rows):
        print("  demarche claims no box: its density is not told from that of all trials")
        return wrong
    if set(rows.index) != set(limits):
        wrong.append(f"restricted are {sorted(rows.index)}, by the workbench {sorted(limits)}")
    for name, row in rows.iterrows():
        theirs = limits.get(name)
        print(f"  {name}: {row['min']} to {row['max']} {row['among']}; the workbench {theirs}")
        if theirs is None:
            continue
        if isinstance(theirs[0], str):
            if row["among"].split(", ") != theirs and set(row["among"].split(", ")) != set(theirs):
                wrong.append(f"{name}: other labels")
            ends = [("qp_min", None)]
        elif isinstance(row["among"], str):
            if (row["among"] == "true") != (theirs[0] is not None):
                wrong.append(f"{name}: another flag")
            ends = [("qp_min", 0 if theirs[0] is not None else 1)]
        else:
            ends = [(f"qp_{end}", at) for at, end in enumerate(["min", "max"]) if theirs[at] is not None]
            for _, at in ends:
                if not near(row[["min", "max"][at]], theirs[at]):
                    wrong.append(f"{name}: another limit")
        for column, at in ends:
            value = quasi_p(held_x, held_y, limits, name, at)
            if not math.isclose(row[column], value, rel_tol=1e-6):
                wrong.append(f"{name}: {column} {row[column]}, the workbench {value}")
    return wrong


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run", type=Path, help="the folder of `demarche run … --trials csv`")
    parser.add_argument("discover", type=Path, help="the folder of `demarche discover …`")
    asked = parser.parse_args()
    differences = compare(asked.run, asked.discover)
    print("\n".join(differences) or "all agrees")
    sys.exit(bool(differences))
