"""What asking from Python costs beside the command: whole processes, in turns.

    cargo build --release && pip install ./python
    python python/benches/overhead.py target/release/demarche [trials] [repetitions]

Prints medians of the time on the clock and of processor time: of a process that imports the package and plays, and of the
command, which also draws charts and writes a run folder.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SCENARIO = Path(__file__).parents[2] / "scenarios" / "border-crisis.toml"


def measured(words: list[str]) -> tuple[float, float]:
    """The seconds of a process on the clock, and those of its processors."""
    started = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, words
    return took, usage.ru_utime + usage.ru_stime


def main(command: str, trials: int = 1_000_000, repetitions: int = 9) -> None:
    with tempfile.TemporaryDirectory() as folder:
        own = f"import demarche; demarche.Scenario({str(SCENARIO)!r}).run(n={trials})"
        asked = {
            "command": [command, "run", str(SCENARIO), "-n", str(trials), "--quiet", "-o", folder],
            "Python": [sys.executable, "-c", own],
            "Python, saved": [sys.executable, "-c", f"{own}.save({folder!r})"],
            "import alone": [sys.executable, "-c", "import demarche"],
            "Python alone": [sys.executable, "-c", ""],
        }
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in asked}
        for _ in range(repetitions):
            for name, words in asked.items():
                times[name].append(measured(words))
    wall, cpu = ({name: statistics.median(own[at] for own in taken) for name, taken in times.items()} for at in (0, 1))
    for name in asked:
        beside = [f"{(own[name] / own['command'] - 1) * 100:+.1f} %" for own in (wall, cpu)]
        print(f"{name:14} {wall[name]:.3f} s on the clock ({beside[0]}), {cpu[name]:.3f} s of processors ({beside[1]})")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
