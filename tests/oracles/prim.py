"""Boxes that the EMA Workbench finds, as an oracle for `src/stats/prim/`.

    pip install ema-workbench==2.5.3 "pandas<3"
    PYTHONHASHSEED=0 python tests/oracles/prim.py > tests/oracles/prim.json

The data are made from whole numbers, so that the Rust test makes the same ones. Both programs look for
boxes in the even rows. (With pandas 3, the workbench fails on whole numbers. Labels are a set in Python,
whose order depends on the seed of hashes.)
"""

import json
import logging
import warnings

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")

import ema_workbench  # noqa: E402
from ema_workbench.analysis import prim  # noqa: E402

logging.disable(logging.CRITICAL)

ROWS = 2_000
PRIME = 65_537


def unit(row, own):
    """A number in 0..1 that looks random: a quadratic residue over a prime."""
    return ((row * row * (7_919 + 104 * own) + row * (31_337 + own) + 17 * own) % PRIME) / PRIME


def data(chance, whole_too):
    """The inputs of all rows, and whether the outcome came about."""
    x = pd.DataFrame(
        {
            "x": [unit(row, 1) for row in range(ROWS)],
            "y": [unit(row, 2) for row in range(ROWS)],
            "z": [unit(row, 3) for row in range(ROWS)],
        }
    )
    if whole_too:
        x["k"] = np.array([int(8 * unit(row, 4)) for row in range(ROWS)], dtype=np.int64)
        x["label"] = ["abcd"[int(4 * unit(row, 5))] for row in range(ROWS)]
    luck = [unit(row, 6) for row in range(ROWS)]
    y = np.array([int(luck[row] < chance(x.iloc[row])) for row in range(ROWS)])
    return x, y


CASES = {
    "corner": (lambda r: 0.9 if r.x < 0.4 and r.y > 0.5 else 0.1, False),
    "exact": (lambda r: 1.0 if 0.2 < r.x < 0.7 and r.z > 0.35 else 0.0, False),
    "mixed": (lambda r: 0.85 if r.x > 0.3 and r.k >= 3 and r.label in "abd" else 0.05, True),
    "rare": (lambda r: 0.3 if r.y < 0.3 else 0.01, False),
}


def limits(box, box_init):
    """What a box restricts: a pair of numbers, null where there is no limit, or a list of labels."""
    found = {}
    for name in box.columns:
        low, high = box[name]
        least, most = box_init[name]
        if isinstance(low, set):
            if low != least:
                found[name] = sorted(low)
        elif (low, high) != (least, most):
            found[name] = [
                None if low == least else float(low),
                None if high == most else float(high),
            ]
    return found


def case(chance, whole_too):
    x, y = data(chance, whole_too)
    x, y = x[::2].reset_index(drop=True), y[::2]
    # The threshold only decides whether a box is returned; a low one returns every box.
    found = prim.Prim(x, y, threshold=1e-9).find_box()
    steps = []
    for at, box in enumerate(found.box_lims):
        row = found.peeling_trajectory.iloc[at]
        steps.append(
            {
                "limits": limits(box, found.prim.box_init),
                "n": int(row["n"]),
                "k": int(row["k"]),
                "coverage": float(row["coverage"]),
                "density": float(row["density"]),
                "mass": float(row["mass"]),
                "res_dim": int(row["res_dim"]),
                "qp": {
                    name: [None if qp == -1 else float(qp) for qp in own]
                    for name, own in found.qp[at].items()
                },
            }
        )
    return steps


source = f"ema-workbench {ema_workbench.__version__}, pandas {pd.__version__}, Prim.find_box with its defaults"
print('{"source": ' + json.dumps(f"{source}; made by tests/oracles/prim.py") + ', "cases": {')
texts = []
for name, own in CASES.items():
    steps = ",\n".join(json.dumps(step) for step in case(*own))
    texts.append(f"{json.dumps(name)}: [\n{steps}]")
print(",\n".join(texts) + "}}")
