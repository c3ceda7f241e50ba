"""A question that is asked in Python gives the bytes of the command."""

import pickle
from collections.abc import Callable

import pytest

import demarche
from conftest import BORDER, ROOT, command, files
from demarche import Result, Scenario

SCENARIO = "scenarios/border-crisis.toml"
RECORD = "scenarios/records/border-crisis.toml"
SCORED = ["tests/fixtures/nile-dam.toml", "tests/fixtures/example.toml"]
SWEEP = "state.tension.start = 0 to 1 in 3"

Ask = Callable[[Scenario], Result]

QUESTIONS: dict[str, tuple[list[str], Ask]] = {
    "run": (
        ["run", SCENARIO, "-n", "400", "--trials", "parquet", "--world", "hawkish_b", "--seed", "3"],
        lambda own: own.run(n=400, trials=True, world="hawkish_b", seed=3),
    ),
    "run with csv, PNG and other values": (
        ["run", SCENARIO, "-n", "150", "--trials", "csv", "--csv", "excel", "--png", "--sampling", "sobol"]
        + ["--set", "assumptions.cost_of_war=0.1 to 0.6", "--set", "assumptions.p_a_wins=0.30000000000000004"],
        lambda own: own.run(
            n=150, trials="csv", csv="excel", png=True, sampling="sobol", threads=2, engine="reference",
            set={"assumptions.cost_of_war": "0.1 to 0.6", "assumptions.p_a_wins": 0.1 + 0.2},
        ),
    ),
    "run with draws": (
        ["run", SCENARIO, "--draws", "30", "--repeats", "4", "--policy", "restraint"],
        lambda own: own.run(draws=30, repeats=4, policy="restraint"),
    ),
    "run with precision": (
        ["run", SCENARIO, "--precision", "4"],
        lambda own: own.run(precision=4, progress=lambda _: None),
    ),
    "compare": (
        ["compare", SCENARIO, "-n", "120", "--goal", "avoid:war", "--goal", "actor:a", "--threshold", "0.9"],
        lambda own: own.compare(n=120, goal=["avoid:war", "actor:a"], threshold=0.9),
    ),
    "compare two files": (
        ["compare", SCENARIO, "tests/fixtures/example.toml", "-n", "60", "--policy", "none"],
        lambda own: own.compare(ROOT / "tests/fixtures/example.toml", n=60, policy="none"),
    ),
    "levers": (["levers", SCENARIO, "-n", "60"], lambda own: own.levers(n=60)),
    "sensitivity": (
        ["sensitivity", SCENARIO, "-n", "64", "--trials", "parquet", "--of", "war", "--of", "measures.trade"],
        lambda own: own.sensitivity(n=64, trials=True, of=["war", "measures.trade"]),
    ),
    "sensitivity one at a time": (
        ["sensitivity", SCENARIO, "-n", "20", "--method", "one-at-a-time", "--vary", "preferences"],
        lambda own: own.sensitivity(n=20, method="one-at-a-time", vary="preferences"),
    ),
    "sweep": (
        ["sweep", SCENARIO, "--vary", SWEEP, "--policy", "restraint", "--policy", "none", "-n", "60"],
        lambda own: own.sweep(SWEEP, policy=["restraint", "none"], n=60),
    ),
    "discover": (
        ["discover", SCENARIO, "--outcome", "settlement", "-n", "900", "--boxes", "2"],
        lambda own: own.discover("settlement", n=900, boxes=2),
    ),
    "trace": (
        ["trace", SCENARIO, "--trial", "5", "--odds", "20", "--against", "restraint", "-n", "50"],
        lambda own: own.trace(5, odds=20, against="restraint", n=50),
    ),
    "why": (["why", SCENARIO, "-n", "40", "--by", "step"], lambda own: own.why(n=40, by="step")),
    "update": (
        ["update", SCENARIO, "--record", RECORD, "-n", "100", "--world", "all", "--until", "2"],
        lambda own: own.update(ROOT / RECORD, n=100, world="all", until=2),
    ),
    "score": (
        ["score", *SCORED, "-n", "60"],
        lambda own: demarche.score(*(ROOT / path for path in SCORED), n=60),
    ),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_gives_the_folder_of_the_command(name: str, border: Scenario, tmp_path) -> None:
    words, ask = QUESTIONS[name]
    printed = command(*words, "-o", tmp_path / "command")
    assert printed.returncode == 0, printed.stderr
    [expected] = (tmp_path / "command").glob("*/*")
    result = ask(border)
    folder = result.save(tmp_path / "python")
    assert folder.relative_to(tmp_path / "python") == expected.relative_to(tmp_path / "command")
    theirs, ours = files(expected), files(folder)
    assert sorted(ours) == sorted(theirs)
    differ = [file for file in theirs if ours[file] != theirs[file]]
    assert not differ, f"other bytes in {differ}"

    # What is shown without a folder is what stands in it.
    told = printed.stdout.split("\n\n")
    body, _ = result._core.text()
    assert "\n\n".join(told[:-1]).rstrip() == body.rstrip()
    assert result.page.encode() == ours["report.html"]
    charts = {f"charts/{chart.name}.svg": chart.svg.encode() for chart in result.charts.values()}
    assert charts == {file: ours[file] for file in ours if file.endswith(".svg")}
    assert {f"{table}.csv" for table in result.tables} == {
        file for file in ours if file.endswith(".csv") and file != "trials.csv"
    }

    # So does an answer that was opened again, and one that was pickled.
    for other in (demarche.open_folder(folder), pickle.loads(pickle.dumps(result))):
        assert files(other.save(tmp_path / "again")) == theirs
        assert (other.command, other.warnings[:1]) == (result.command, result.warnings[:1])
        assert {own: table.to_dict() for own, table in other.tables.items()} == {
            own: table.to_dict() for own, table in result.tables.items()
        }
        assert other.object == result.object


def test_a_folder_that_is_not_as_it_was_written_is_refused(border: Scenario, tmp_path) -> None:
    with pytest.raises(demarche.FolderError, match="manifest.json"):
        demarche.open_folder(tmp_path)
    folder = border.run(n=20).save(tmp_path)
    (folder / "summary.csv").write_text("scenario\n")
    with pytest.raises(demarche.FolderError, match="summary.csv"):
        demarche.open_folder(folder)
    (tmp_path / "file").write_text("")
    with pytest.raises(demarche.FolderError, match="a file is where a folder should be"):
        border.run(n=20).save(tmp_path / "file")


def test_the_command_is_that_of_the_package(tmp_path) -> None:
    assert command("--version").stdout == f"demarche {demarche.__version__}\n"
    refused = command("run", BORDER, "--polcy", "none")
    assert refused.returncode == 2 and "--policy" in refused.stderr
    missing = command("run", tmp_path / "missing.toml")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert missing.stderr.startswith("error: cannot read ")
    assert '"$schema"' in command("schema").stdout
