"""What several tests use."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import demarche

ROOT = Path(__file__).parents[2]
"""The folder of the project."""
BORDER = ROOT / "scenarios" / "border-crisis.toml"
"""A small scenario that has each part of the language once."""


def command(*arguments: object) -> "subprocess.CompletedProcess[str]":
    """Runs the installed command `demarche`."""
    program = Path(sysconfig.get_path("scripts")) / ("demarche.exe" if sys.platform == "win32" else "demarche")
    words = [str(program), *map(str, arguments)]
    # What goes into a file has its full width, unless the environment says how wide a terminal is.
    wide = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    return subprocess.run(words, cwd=ROOT, env=wide, capture_output=True, encoding="utf-8", timeout=600)


def files(folder: Path) -> dict[str, bytes]:
    """The files of a run folder by their paths in it, but for the one that depends on the clock."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert found.pop("timing.json"), "a run folder says how long it took"
    return found


@pytest.fixture(scope="session")
def border() -> demarche.Scenario:
    return demarche.Scenario(BORDER)


@pytest.fixture(scope="session")
def played(border: demarche.Scenario) -> demarche.Result:
    """A small run with its trials."""
    return border.run(n=2_000, seed=7, trials=True)
