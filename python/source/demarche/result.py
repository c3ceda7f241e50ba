"""Answers to questions."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from . import _core
from ._core import Chart
from .table import Table


class Tables(Mapping[str, Table]):
    """The tables of an answer by their names: those of their files in a run folder, without the ending.

    `docs/tables.md` lists them. Each is an attribute too: `result.tables.summary`.
    """

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = dict(tables)

    def __getitem__(self, name: str) -> Table:
        try:
            return self._tables[name]
        except KeyError:
            raise KeyError(f"no table is called {name!r}; there are {', '.join(self)}") from None

    def __getattr__(self, name: str) -> Table:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(error.args[0]) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._tables]

    def __repr__(self) -> str:
        width = max((len(name) for name in self), default=0)
        lines = [f"{name:{width}}  {len(own):>7,} rows  {own.about}" for name, own in self.items()]
        return "\n".join(lines)


class Charts(Mapping[str, Chart]):
    """The charts of an answer by the names of their files; a notebook shows all of them."""

    def __init__(self, charts: list[Chart]) -> None:
        self._charts = {chart.name: chart for chart in charts}

    def __getitem__(self, name: str) -> Chart:
        try:
            return self._charts[name]
        except KeyError:
            raise KeyError(f"no chart is called {name!r}; there are {', '.join(self)}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._charts)

    def __len__(self) -> int:
        return len(self._charts)

    def __repr__(self) -> str:
        return "\n".join(f"{name}: {chart.title}" for name, chart in self.items())

    def _repr_html_(self) -> str:
        return "".join(f"<div>{chart.svg}</div>" for chart in self.values())


class Result:
    """The answer to a question: tables, charts and a page.

    Printed, it is what the command prints; a notebook shows its first chart too. It can be pickled.
    """

    def __init__(self, core: _core.Answer) -> None:
        self._core = core

    def __reduce__(self) -> tuple[type[Result], tuple[_core.Answer]]:
        return (Result, (self._core,))

    @property
    def verb(self) -> str:
        """What was asked: `run`, `compare`, …"""
        return self._core.verb

    @cached_property
    def question(self) -> dict[str, Any]:
        """The question with all its options, as the manifest of a run folder has it."""
        import json

        question: dict[str, Any] = json.loads(self._core.question)
        return question

    @property
    def command(self) -> str:
        """The command that asks the same question."""
        return self._core.command

    @property
    def titles(self) -> list[str]:
        """The titles of the scenarios that it was asked of."""
        return self._core.titles

    @property
    def played(self) -> int:
        """How many trials were played, over all policies, worlds and repeats, without replays."""
        return self._core.played

    @property
    def seconds(self) -> float:
        """How long it took to play."""
        return self._core.seconds

    @property
    def warnings(self) -> list[str]:
        """Warnings about the results."""
        return self._core.warnings

    @cached_property
    def tables(self) -> Tables:
        """The tables."""
        return Tables({own.name: Table(own) for own in self._core.tables()})

    @cached_property
    def trials(self) -> Table | None:
        """The table of single trials, where it was asked for with `trials=True`; `None` otherwise, and of
        a folder that was opened, whose `trials.parquet` every library of tables reads."""
        core = self._core.trials()
        return None if core is None else Table(core)

    @cached_property
    def object(self) -> dict[str, Any] | None:
        """The answer of `trace`, which is one object rather than tables; `None` for other questions."""
        import json

        text = self._core.object()
        return None if text is None else json.loads(text)

    @cached_property
    def charts(self) -> Charts:
        """The charts."""
        return Charts(self._core.charts())

    @property
    def page(self) -> str:
        """The page of the run folder, `report.html`: one HTML document with everything in it."""
        return self._core.page()

    def text(self, width: int | None = None) -> str:
        """What the command prints: words, tables and warnings. Tables are cut to lines of so many letters;
        without a number, they have their full width."""
        return "".join(self._core.text(width))

    def save(self, folder: str | os.PathLike[str] = "output") -> Path:
        """Writes the ordinary run folder, with the same bytes as the command, and returns its path.

        `folder` is the folder of run folders, which the command takes as `-o`. Raises `FolderError` if it
        cannot be written.
        """
        return Path(self._core.save(Path(folder)))

    def __getattr__(self, name: str) -> Table:
        """A table by its name, `result.summary`."""
        if name.startswith("_") or hasattr(type(self), name):
            raise AttributeError(name)
        try:
            return self.tables[name]
        except KeyError as error:
            raise AttributeError(error.args[0]) from None

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.tables]

    def __repr__(self) -> str:
        import shutil

        seen = sys.stdout is not None and sys.stdout.isatty()
        return self.text(shutil.get_terminal_size().columns if seen else None).rstrip()

    def _repr_html_(self) -> str:
        from html import escape

        charts = list(self.charts.values())
        first = f"<div>{charts[0].svg}</div>" if charts else ""
        more = f"<p>{len(charts)} charts in <code>.charts</code>, tables in <code>.tables</code>.</p>"
        return f"{first}{more}<pre>{escape(self.text().rstrip())}</pre>"


def open_folder(folder: str | os.PathLike[str]) -> Result:
    """The answer in a run folder, as it was written by `Result.save` or by the command.

    Raises `FolderError` if it is no run folder or damaged.
    """
    return Result(_core.open_folder(Path(folder)))
