"""The walk-through of the README, cell by cell, as a notebook would run it."""

import os
import re
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from conftest import ROOT

README = Path(__file__).parents[1] / "README.md"
CELL = re.compile(r"```python\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", re.DOTALL)


def cells() -> list[tuple[str, str | None]]:
    """Each cell with what it is said to print, if that is said."""
    found = CELL.finditer(README.read_text(encoding="utf-8"))
    return [(one[1], one[2]) for one in found]


def test_the_walk_through_runs_and_prints_what_it_says(tmp_path, monkeypatch) -> None:
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    monkeypatch.chdir(tmp_path)
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(colors="nocolor")
    found = cells()
    assert len(found) >= 12 and sum(printed is not None for _, printed in found) >= 10
    page = README.read_text(encoding="utf-8")
    try:
        for code, printed in found:
            with capture_output() as captured:
                ran = shell.run_cell(code)
            ran.raise_error()
            shown = without_ends(re.sub(r"^Out\[\d+\]: \n?", "", captured.stdout, flags=re.MULTILINE))
            if printed is not None and os.environ.get("REWRITE"):
                page = page.replace(f"{code}```\n\n```text\n{printed}", f"{code}```\n\n```text\n{shown}\n")
            elif printed is not None:
                assert shown == without_ends(printed), code
    finally:
        InteractiveShell.clear_instance()
    if os.environ.get("REWRITE"):
        README.write_text(page, encoding="utf-8")


def without_ends(text: str) -> str:
    """A text without spaces at the ends of lines."""
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


@pytest.mark.parametrize("word", ["pandas", "polars", "duckdb", "dask", "ema", "merge", "salib", "pickle", "save"])
def test_the_walk_through_shows_what_there_is(word: str) -> None:
    assert word in "".join(code for code, _ in cells())
