"""Threads, progress, and Ctrl-C."""

import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pyarrow
import pytest

import demarche
from conftest import BORDER, ROOT
from demarche import Progress, Scenario

ENDLESS = 1 << 40
"""More trials than anyone waits for."""


def test_progress_is_told_and_ends_complete(border: Scenario) -> None:
    told: list[tuple[int, int, int, int, int, bool]] = []

    def tell(progress: Progress) -> None:
        counted = sum(count for _, count in progress.outcomes)
        here = threading.current_thread() is threading.main_thread()
        told.append((progress.done, progress.trials, progress.replays_done, progress.replays, counted, here))

    border.run(n=30_000, progress=tell)
    assert told and all(here for *_, here in told), "the thread that asks is told"
    assert all(trials == 30_000 and replays > 0 for _, trials, _, replays, _, _ in told)
    done = [one[0] + one[2] for one in told]
    assert done == sorted(done)
    assert told[-1][0] == 30_000 and told[-1][2] == told[-1][3], "the last time, all is done"
    assert all(counted in (0, done) for done, _, _, _, counted, _ in told)
    points: list[int] = []
    border.evaluate([{}] * 20, n=200, progress=lambda progress: points.append(progress.trials))
    assert set(points) == {4_000}


def test_an_exception_of_the_callback_stops_the_question(border: Scenario) -> None:
    def refuse(progress: Progress) -> None:
        raise LookupError("enough")

    started = time.monotonic()
    with pytest.raises(LookupError, match="enough"):
        border.run(n=ENDLESS, progress=refuse)
    assert time.monotonic() - started < 20


def test_a_bar_is_shown_where_it_is_asked_for(border: Scenario, capsys, monkeypatch) -> None:
    border.run(n=2_000, progress=True)
    assert "run: 100%" in capsys.readouterr().err
    border.run(n=2_000)
    border.run(n=2_000, progress=False)
    assert capsys.readouterr().err == "", "nobody sees a bar in a file"
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    border.run(n=2_000, progress=True)
    assert capsys.readouterr().err == "", "without tqdm there is no bar"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize(
    "question",
    [
        f"demarche.Scenario({str(BORDER)!r}).run(n={ENDLESS})",
        f"demarche.Scenario({str(BORDER)!r}).compare(n={ENDLESS}, threads=1)",
        f"demarche.Scenario({str(BORDER)!r}).evaluate([{{}}] * 4, n={ENDLESS})",
        f"demarche.Scenario({str(ROOT / 'scenarios/korea-2017.toml')!r}).run(n=100_000)",
    ],
)
def test_ctrl_c_raises_within_a_fraction_of_a_second(question: str) -> None:
    program = (
        "import demarche, threading\n"
        "threading.Timer(1.0, print, ['playing'], {'flush': True}).start()\n"
        f"try:\n    {question}\n"
        "except KeyboardInterrupt:\n    print('interrupted', flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "playing\n"
        sent = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline() == "interrupted\n"
        took = time.monotonic() - sent
        process.wait(timeout=60)
    # A quiet machine needs a tenth of a second; this one may be shared.
    assert took < 1, f"{took:.1f} s"
    assert process.returncode == 0


def test_the_interpreter_is_free_while_trials_are_played(border: Scenario) -> None:
    counted = 0
    stop = threading.Event()

    def count() -> None:
        nonlocal counted
        while not stop.is_set():
            counted += 1
            time.sleep(0.001)

    other = threading.Thread(target=count)
    other.start()
    try:
        before = counted
        border.run(n=200_000)
        during = counted - before
    finally:
        stop.set()
        other.join()
    assert during > 10


def test_questions_of_several_threads_have_the_answers_of_one(border: Scenario) -> None:
    seeds = list(range(8))

    def shares(seed: int) -> list[float]:
        result = border.run(n=400, seed=seed, threads=2, trials=True)
        assert pyarrow.table(result.trials).num_rows == 400
        return result.summary["share"]

    alone = [shares(seed) for seed in seeds]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(shares, seeds)) == alone
    assert len({tuple(own) for own in alone}) > 1
    assert border.run(n=400, seed=3, threads=1, engine="reference").summary["share"] == alone[3]


def test_questions_are_asked_in_other_processes(border: Scenario) -> None:
    program = (
        "import pickle, sys\n"
        "question = pickle.load(sys.stdin.buffer)\n"
        "scenario, seed = question\n"
        "pickle.dump(scenario.run(n=300, seed=seed, trials=True), sys.stdout.buffer)\n"
    )
    import pickle

    sent = pickle.dumps((border, 5))
    done = subprocess.run([sys.executable, "-c", program], input=sent, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    result = pickle.loads(done.stdout)
    own = border.run(n=300, seed=5, trials=True)
    assert pyarrow.table(result.trials).equals(pyarrow.table(own.trials))
    assert repr(result) == repr(own)
