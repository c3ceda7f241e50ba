"""Tables are read by the libraries of tables, without copies."""

import ctypes
import math
import pickle
import re

import duckdb
import pandas
import polars
import pyarrow
import pytest

import demarche
from conftest import ROOT
from demarche import Result, Scenario


def test_a_table_is_the_same_in_every_library(played: Result) -> None:
    summary = played.tables["summary"]
    rows = summary.to_dict()
    assert rows["outcome"] == ["war", "settlement", "uneasy_talks", "standoff", "unresolved"]
    assert sum(rows["count"]) == 2_000 and rows["share"] == [count / 2_000 for count in rows["count"]]
    frame = summary.to_pandas()
    assert isinstance(frame, pandas.DataFrame) and str(frame["count"].dtype) == "int64"
    assert frame["share"].tolist() == rows["share"]
    assert polars.DataFrame(summary).to_dict(as_series=False) == rows
    assert summary.to_polars().schema["share"] == polars.Float64
    arrow = pyarrow.table(summary)
    assert arrow.to_pydict() == rows
    assert arrow.schema.field("share").metadata[b"about"].startswith(b"The share of them")
    found = duckdb.sql("select outcome from arrow where share = (select max(share) from arrow)").fetchall()
    assert found == [(rows["outcome"][rows["share"].index(max(rows["share"]))],)]
    assert [row["outcome"] for row in summary] == rows["outcome"]


def test_columns_are_handed_over_and_not_copied(played: Result) -> None:
    trials = played.trials
    assert trials is not None
    one, other = pyarrow.table(trials), pyarrow.table(trials)
    name = "assumptions.cost_of_war"
    address = [table.column(name).chunk(0).buffers()[1].address for table in (one, other)]
    assert address[0] == address[1], "both read the memory of the table"
    assert len(one.column(name).chunks) == 1
    frame = polars.DataFrame(trials)
    assert frame[name].to_arrow().buffers()[1].address == address[0]
    # The memory lives as long as whoever reads it.
    values = one.column(name).to_pylist()
    del trials, other, frame
    assert one.column(name).to_pylist() == values
    read = ctypes.cast(address[0], ctypes.POINTER(ctypes.c_double))
    assert [read[at] for at in range(3)] == values[:3]


def test_trials_are_a_row_each(played: Result, border: Scenario) -> None:
    trials = played.trials
    assert trials is not None and len(trials) == 2_000
    frame = trials.to_pandas()
    assert frame["trial"].tolist() == list(range(2_000))
    counts = frame["outcome"].value_counts()
    summary = played.summary.to_pandas().set_index("outcome")
    for outcome, count in summary["count"].items():
        assert counts.get(outcome, 0) == count
    assert set(frame["state.phase"]) <= {"standoff", "talks", "war"}
    first = frame["first.incident"]
    assert first.isna().any() and first.max() <= 11
    schema = pyarrow.table(trials).schema
    assert schema.field("outcome").type == pyarrow.dictionary(pyarrow.int32(), pyarrow.utf8())
    assert not schema.field("trial").nullable and schema.field("first.incident").nullable
    means = played.outcome_ends.to_pandas()
    assert border.run(n=10).trials is None
    trade = means[(means["measure"] == "trade") & (means["outcome"] == "war")]["p50"].iloc[0]
    wars = frame[frame["outcome"] == "war"]["measures.trade"]
    assert wars.quantile(0.5, interpolation="lower") == pytest.approx(trade, rel=2**-9)


def test_trials_are_those_that_the_folder_has(played: Result, tmp_path) -> None:
    folder = played.save(tmp_path)
    stored = pandas.read_parquet(folder / "trials.parquet")
    kept = played.trials.to_pandas()
    assert list(stored.columns) == list(kept.columns)
    for column in stored:
        ours, theirs = kept[column], stored[column]
        assert ours.astype(theirs.dtype).equals(theirs), column
    assert demarche.open_folder(folder).trials is None


def test_tables_are_those_that_the_page_lists(border: Scenario, played: Result) -> None:
    page = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    listed = {}
    for part in page.split("\n### `")[1:]:
        name = part.split(".csv`")[0]
        rows = re.findall(r"^\| `(\w+)` \| ([^|]*) \| (.*) \|$", part, re.MULTILINE)
        listed[name] = [(column, kind, about.replace("\\|", "|")) for column, kind, about in rows]
    answers = [
        played, border.compare(n=40, goal="avoid:war"), border.levers(n=20), border.discover("settlement", n=900),
        border.why(n=20), border.sweep("state.tension.start = 0, 1", n=20), border.sensitivity(n=64),
        border.run(draws=20, repeats=3),
    ]
    seen = set()
    for answer in answers:
        for name, table in answer.tables.items():
            seen.add(name)
            assert table.column_names == [column for column, _, _ in listed[name]], name
            assert list(table.meanings.values()) == [about for _, _, about in listed[name]], name
            types = pyarrow.table(table).schema
            for column, kind, _ in listed[name]:
                field = types.field(column)
                expected = {"text": pyarrow.utf8(), "number": pyarrow.float64(), "count": pyarrow.int64()}
                own = expected[re.match(r"\w+", kind)[0]]
                # What is swept may be text, and is a column of numbers where all of it are numbers.
                is_swept = column.startswith("value_") and name != "values" and own == pyarrow.utf8()
                assert field.type in ([pyarrow.float64(), own] if is_swept else [own]), (name, column)
                assert field.nullable == ("or empty" in kind), (name, column)
    assert len(seen) > 20


def test_a_table_reads_well_and_is_asked_by_name(played: Result) -> None:
    series = played.series
    assert series.name == "series" and len(series) > 10
    lines = repr(series).splitlines()
    assert lines[0] == f"series: {len(series):,} rows, 12 columns"
    assert lines[1].split()[:4] == ["scenario", "policy", "world", "measure"] and lines[-1] == "…"
    assert "<table>" in series._repr_html_() and "&amp;" not in series.about
    assert "series" in repr(played.tables) and "series" in dir(played)
    with pytest.raises(KeyError):
        series["no such column"]
    with pytest.raises(AttributeError, match="there are summary"):
        played.no_such_table
    with pytest.raises(KeyError, match="no table is called 'sumary'"):
        played.tables["sumary"]


def test_a_table_can_be_pickled(played: Result) -> None:
    for table in (played.summary, played.trials):
        again = pickle.loads(pickle.dumps(table))
        assert (again.name, again.about, again.meanings) == (table.name, table.about, table.meanings)
        assert pyarrow.table(again).equals(pyarrow.table(table), check_metadata=True)
    restored = pickle.loads(pickle.dumps(played))
    assert pyarrow.table(restored.trials).equals(pyarrow.table(played.trials))


def test_points_are_rows(border: Scenario) -> None:
    points = [{"assumptions.cost_of_war": cost} for cost in (0.05, 0.5, 0.95)]
    table = border.evaluate(points, policy=["none", "none", "restraint"], n=600, seed=2)
    assert table.column_names[:2] == ["war", "settlement"] and len(table) == 3
    for at, (point, policy) in enumerate(zip(points, ["none", "none", "restraint"])):
        alone = border.run(set=point, policy=policy, n=600, seed=2)
        shares = alone.summary.to_dict()
        assert [table[own][at] for own in shares["outcome"]] == shares["share"]
    assert len(set(table["war"])) == 3, "the points differ"
    assert all(0 <= own <= 1 and math.isfinite(own) for own in table["utility.a"])
    assert len(border.evaluate([], n=10)) == 0
    with pytest.raises(demarche.QuestionError, match="did you mean `restraint`"):
        border.evaluate([{}], policy="restrain", n=10)
    with pytest.raises(demarche.ScenarioError, match="--set"):
        border.evaluate([{"assumptions.cost": 1}], n=10)
    with pytest.raises(ValueError, match="1 names of a policy for 2 points"):
        border.evaluate([{}, {}], policy=["none"], n=10)
