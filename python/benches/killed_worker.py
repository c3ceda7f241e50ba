"""What a Dask cluster of two processes on this machine costs beside one process, and a worker that is killed.

    python python/benches/killed_worker.py [trials] [shards] [repetitions]

The worker is killed once a third of the shards is played. Checks that all answers are the same.
"""

from __future__ import annotations

import os
import signal
import statistics
import sys
import time
from pathlib import Path

from distributed import Client

import demarche
import demarche.dask

SCENARIO = Path(__file__).parents[2] / "scenarios" / "border-crisis.toml"


def main(trials: int = 4_000_000, shards: int = 24, repetitions: int = 5) -> None:
    crisis = demarche.Scenario(SCENARIO)
    seconds: dict[str, list[float]] = {"one process": [], "cluster": [], "cluster, a worker killed": []}
    texts = set()
    with Client(n_workers=2, threads_per_worker=1, dashboard_address=None) as client:
        asked = demarche.dask.on(client, crisis, shards=shards)
        for _ in range(repetitions):
            client.wait_for_workers(2)
            for name, took in seconds.items():
                victims = [min(client.run(os.getpid).values())] if "killed" in name else []

                def tell(progress: demarche.Progress, victims: list[int] = victims) -> None:
                    if victims and 3 * progress.done >= progress.trials:
                        os.kill(victims.pop(), signal.SIGKILL)

                started = time.perf_counter()
                own = crisis.run(n=trials, threads=2) if name == "one process" else asked.run(n=trials, progress=tell)
                took.append(time.perf_counter() - started)
                texts.add(own.text() + own.page)
                assert not victims, "the worker was killed"
    assert len(texts) == 1, "all answers are the same"
    for name, took in seconds.items():
        print(f"{name:24} {statistics.median(took):6.2f} s ({min(took):.2f} to {max(took):.2f})")
    print(f"a shard: {len(crisis.shard(1, shards).run(n=trials).data):,} bytes")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
