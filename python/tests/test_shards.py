"""Shards that are played apart and merged give the bytes of one machine."""

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

import demarche
from conftest import ROOT, command, files
from demarche import OneShard, Result, Scenario, Shard

SCENARIO = "scenarios/border-crisis.toml"
SWEEP = "state.tension.start = 0 to 1 in 3"

Asked = Scenario | OneShard

QUESTIONS: dict[str, Callable[[Asked], Result | Shard]] = {
    "run": lambda own: own.run(n=2_500, seed=3, world="hawkish_b", sampling="stratified"),
    "run with draws": lambda own: own.run(draws=30, repeats=4, set={"assumptions.cost_of_war": "0.1 to 0.6"}),
    "compare": lambda own: own.compare(n=1_100, goal=["avoid:war", "actor:a"], announcement=True),
    "compare two files": lambda own: own.compare(ROOT / "tests/fixtures/example.toml", n=60, policy="none"),
    "levers": lambda own: own.levers(n=60),
    "sensitivity": lambda own: own.sensitivity(n=64, of=["war", "measures.trade"]),
    "sweep": lambda own: own.sweep(SWEEP, policy=["restraint", "none"], n=60),
    "why": lambda own: own.why(n=40, by="step"),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_merged_shards_are_the_answer_of_one_machine(name: str, border: Scenario, tmp_path: Path) -> None:
    ask = QUESTIONS[name]
    whole = ask(border)
    parts = [ask(border.shard(number, 3)) for number in (3, 1, 2)]
    merged = demarche.merge(pickle.loads(pickle.dumps(parts)))
    assert files(merged.save(tmp_path / "merged")) == files(whole.save(tmp_path / "whole"))
    assert merged.text() == whole.text() and merged.page == whole.page
    assert (merged.command, merged.played) == (whole.command, whole.played)


def test_shards_are_those_of_the_command(border: Scenario, tmp_path: Path) -> None:
    asked = ["run", SCENARIO, "-n", "2000", "--policy", "restraint"]
    shards = [border.shard(number, 2).run(n=2_000, policy="restraint") for number in (1, 2)]
    for number, shard in enumerate(shards, 1):
        printed = command(*asked, "--shard", f"{number}/2", "-o", tmp_path, "-j", number)
        assert printed.returncode == 0, printed.stderr
        written = tmp_path / "border-crisis" / shard.name
        assert f"written to {written}\n" in printed.stdout
        assert written.read_bytes() == shard.data
    # Either can merge those of the other.
    mixed = demarche.merge([tmp_path / "border-crisis" / shards[1].name, shards[0]])
    own = shards[0].save(tmp_path)
    printed = command("merge", own, tmp_path / "border-crisis" / shards[1].name, "-o", tmp_path / "command")
    assert printed.returncode == 0, printed.stderr
    [theirs] = (tmp_path / "command").glob("*/*")
    assert files(theirs) == files(mixed.save(tmp_path / "python"))


def test_shards_that_do_not_fit_are_refused(border: Scenario, tmp_path: Path) -> None:
    one, two, three = (border.shard(number, 3).run(n=40) for number in (1, 2, 3))
    with pytest.raises(demarche.QuestionError, match="2 shards missing: 1/3 and 3/3"):
        demarche.merge([two])
    with pytest.raises(demarche.QuestionError, match="are both shard 2/3"):
        demarche.merge([one, two, two])
    with pytest.raises(demarche.QuestionError, match="is of another question than"):
        demarche.merge([one, two, border.shard(3, 3).run(n=41)])
    with pytest.raises(demarche.QuestionError, match="there are no shards"):
        demarche.merge([])
    data = bytearray(three.data)
    data[len(data) // 2] ^= 1
    with pytest.raises(demarche.QuestionError, match=r"3-of-3\.shard: it is damaged"):
        demarche.merge([one, two, three._replace(data=bytes(data))])
    with pytest.raises(OSError):
        demarche.merge([one, two, tmp_path / "missing.shard"])


def test_what_cannot_be_cut_is_refused(border: Scenario) -> None:
    asked: dict[str, Callable[[OneShard], Shard]] = {
        "plays one thing after another": lambda own: own.trace(5, n=50),
        "plays one thing": lambda own: own.discover("war", n=50),
        "cannot be cut into shards": lambda own: own.run(precision=4),
        "written": lambda own: own.run(n=50, trials=True),
    }
    for why, ask in asked.items():
        with pytest.raises(demarche.QuestionError, match=why):
            ask(border.shard(1, 2))
    for number, of in ((0, 2), (3, 2), (1, 0), (1, 1_000_001)):
        with pytest.raises(demarche.QuestionError, match=f"no shard is {number}/{of}"):
            border.shard(number, of).run(n=10)


def test_progress_of_a_shard_is_that_of_its_part(border: Scenario) -> None:
    told: list[demarche.Progress] = []
    border.shard(2, 4).run(n=40_000, progress=told.append)
    assert told[-1].done == told[-1].trials == 10_000
