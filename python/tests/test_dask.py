"""Questions on a real cluster of Dask, of which a worker dies."""

import os
import signal
import sys
from collections.abc import Iterator

import pytest
from distributed import Client, LocalCluster

import demarche
import demarche.dask
from conftest import ROOT, files
from demarche import Progress, Scenario

N = 400_000
"""As many trials as keep two workers busy for a second or more."""


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """A cluster of two processes on this machine."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, worker_dashboard_address=None
    ) as cluster, Client(cluster) as client:
        yield client


def processes(client: Client) -> set[int]:
    """The processes of the workers."""
    return set(client.run(os.getpid).values())


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed that way there")
def test_a_worker_that_is_killed_changes_nothing(client: Client, border: Scenario, tmp_path) -> None:
    before = processes(client)
    assert len(before) == 2
    victim = min(before)
    told: list[int] = []

    def kill(progress: Progress) -> None:
        if not told:
            os.kill(victim, signal.SIGKILL)
        told.append(progress.done)

    result = demarche.dask.on(client, border, shards=24).run(n=N, seed=5, progress=kill)
    assert 0 < told[0] < N / 2 and told[-1] == N, "it was killed in the middle"
    client.wait_for_workers(2, timeout=60)
    assert victim not in processes(client)
    whole = border.run(n=N, seed=5)
    assert {name: own.to_dict() for name, own in result.tables.items()} == {
        name: own.to_dict() for name, own in whole.tables.items()
    }
    assert (result.text(), result.page, result.command) == (whole.text(), whole.page, whole.command)
    assert files(result.save(tmp_path / "cluster")) == files(whole.save(tmp_path / "whole"))


def test_every_question_that_can_be_cut_is_asked_of_a_cluster(client: Client, border: Scenario) -> None:
    other = ROOT / "tests/fixtures/example.toml"
    asked = [
        (demarche.dask.compare(client, border, n=300, goal="avoid:war"), border.compare(n=300, goal="avoid:war")),
        (demarche.dask.compare(client, border, other, n=60, policy="none"), border.compare(other, n=60, policy="none")),
        (demarche.dask.levers(client, border, n=40, threads=2), border.levers(n=40)),
        (demarche.dask.sensitivity(client, border, n=32, of="war"), border.sensitivity(n=32, of="war")),
        (demarche.dask.why(client, border, n=30), border.why(n=30)),
        (
            demarche.dask.sweep(client, border, "state.tension.start = 0, 1", n=40),
            border.sweep("state.tension.start = 0, 1", n=40),
        ),
    ]
    for ours, alone in asked:
        assert (ours.verb, ours.text(), ours.page) == (alone.verb, alone.text(), alone.page)


def test_what_is_wrong_is_told_as_on_one_machine(client: Client, border: Scenario) -> None:
    with pytest.raises(demarche.ScenarioError, match="did you mean `restraint`"):
        demarche.dask.run(client, border, policy="restrain", n=10)
    with pytest.raises(demarche.QuestionError, match="cannot be cut into shards"):
        demarche.dask.run(client, border, n=10, trials=True)
    with pytest.raises(ValueError, match="into 0 shards"):
        demarche.dask.on(client, border, shards=0)
    broken = Scenario(
        "format = 1\nscenario = { steps = 2 }\nstate = { x = { start = 1 } }\nlaws = { x = 'ln(x - 1)' }\n"
        "outcomes = [{ id = 'a', when = 'x > 5' }]"
    )
    with pytest.raises(demarche.PlayError, match="x"):
        demarche.dask.run(client, broken, n=1_000)


def test_what_is_stopped_leaves_nothing_on_the_cluster(client: Client, border: Scenario) -> None:
    def refuse(progress: Progress) -> None:
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        demarche.dask.on(client, border, shards=40).run(n=N, progress=refuse)
    assert demarche.dask.run(client, border, n=100).text() == border.run(n=100).text()
    assert not client.futures
