"""Answers read well, in a terminal and in a notebook."""

import xml.etree.ElementTree as xml

import pytest
from IPython.core.formatters import DisplayFormatter

import demarche
from conftest import command
from demarche import Result, Scenario


def test_a_result_prints_what_the_command_prints(border: Scenario) -> None:
    printed = command("run", "scenarios/border-crisis.toml", "-n", "40", "-o", "/dev/null/nowhere")
    assert printed.returncode == 1, "a folder that cannot be"
    result = border.run(n=40)
    assert repr(result).startswith("Border crisis\n")
    assert "40 trials" in repr(result) and "Most used moves" in repr(result)
    assert repr(result).endswith(f"warning: {result.warnings[-1]}")
    assert result.text() == repr(result) + "\n"
    table = [line for line in result.text(50).split("\n\n")[1].splitlines()]
    assert table[0].startswith(" Outcome") and max(map(len, table)) <= 50
    assert max(map(len, result.text().split("\n\n")[1].splitlines())) > 50
    assert result.command == "demarche run border-crisis.toml -n 40 --seed 1"
    assert (result.verb, result.titles, result.played) == ("run", ["Border crisis"], 40)
    assert result.question["policy"] == "none" and result.question["n"] == 40
    assert result.seconds > 0


def test_a_notebook_shows_charts(played: Result) -> None:
    formats, _ = DisplayFormatter().format(played)
    assert "<svg" in formats["text/html"] and "Border crisis" in formats["text/plain"]
    chart = played.charts["outcomes"]
    assert chart.kind == "outcomes" and chart.title and chart.alt
    formats, _ = DisplayFormatter().format(chart)
    root = xml.fromstring(formats["image/svg+xml"])
    assert root.tag == "{http://www.w3.org/2000/svg}svg" and "War" in chart.svg
    assert chart.png().startswith(b"\x89PNG") and len(chart.png(1.0)) < len(chart.png(3.0))
    with pytest.raises(ValueError):
        chart.png(0.0)
    assert played.charts._repr_html_().count("<svg") == len(played.charts) > 3
    with pytest.raises(KeyError, match="there are outcomes"):
        played.charts["no such chart"]
    formats, _ = DisplayFormatter().format(played.summary)
    assert "<table>" in formats["text/html"] and "settlement" in formats["text/html"]


def test_a_trace_is_an_object(border: Scenario) -> None:
    result = border.trace(outcome="war", typical=True, n=300)
    assert result.object is not None and result.object["outcome"] == "war"
    assert len(result.object["steps"]) >= 1 and len(result.tables) == 0
    assert border.run(n=10).object is None


def test_a_scenario_is_compared_with_its_own_edited_text(border: Scenario) -> None:
    edited = demarche.Scenario(border.text.replace("trials = 10000", "trials = 10"), name="edited.toml")
    result = border.compare(edited, n=30, policy="none", world="base")
    assert set(result.summary["scenario"]) == {"border-crisis", "edited"}
    assert result.titles == ["Border crisis", "Border crisis"]
    one = border.compare(edited.text, n=30, policy="none", world="base")
    assert set(one.summary["scenario"]) == {"border-crisis", "scenario"}
