"""Scenarios."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from . import _core
from .errors import ScenarioError
from .options import Csv, Engine, PathOrText, Settings, Value, settings, words
from .progress import ProgressOption, watched
from .question import Question, read
from .result import Result
from .shards import Shard
from .table import Table
from .verbs import Verbs


class Scenario(Verbs[Result]):
    """A scenario: a description of a situation that can be played.

    It is read once, so that later changes to the file do not matter, and is never changed. It can be pickled.
    """

    __slots__ = ("_core",)

    def __init__(self, path_or_text: PathOrText, *, name: PathOrText | None = None) -> None:
        """Reads a scenario file, or takes its text: a `str` with a line break in it is a text.

        `name` is what messages and run folders call it, as if it were its path; without, a text is called
        `scenario.toml`.

        Raises `ScenarioError` with every mistake in it: in the file as it stands, in each policy and in each
        world. Raises `OSError` if the file cannot be read.
        """
        core = read(path_or_text, name)
        found, drawn = core.diagnostics([])
        if any(item.severity == "error" for item in found):
            raise ScenarioError(drawn.rstrip(), found)
        self._core = core

    @classmethod
    def _of(cls, core: _core.Scenario) -> Scenario:
        """A scenario that is known to have no mistakes."""
        own = cls.__new__(cls)
        own._core = core
        return own

    def __reduce__(self) -> tuple[object, tuple[_core.Scenario]]:
        return (_restored, (self._core,))

    def _asked_of(self) -> _core.Scenario:
        return self._core

    def _answer(self, question: Question, progress: ProgressOption) -> Result:
        return question.play(progress)

    # What is in it

    @property
    def path(self) -> str:
        """The path by which messages name it."""
        return self._core.path

    @property
    def text(self) -> str:
        """The text of the file."""
        return bytes(self._core.text_bytes).decode()

    @property
    def title(self) -> str:
        """Its title."""
        return self._core.summary()[0]

    @property
    def steps(self) -> int:
        """How many steps a trial has at most."""
        return self._core.summary()[1]

    @property
    def n(self) -> int:
        """How many trials are played if no number is asked for."""
        return self._core.summary()[2]

    @property
    def policies(self) -> dict[str, str]:
        """The titles of the policies by their names, `none` first."""
        return _titles(self._core.names()[0])

    @property
    def worlds(self) -> dict[str, str]:
        """The titles of the worlds by their names, `base` first."""
        return _titles(self._core.names()[1])

    @property
    def outcomes(self) -> dict[str, str]:
        """The titles of the outcomes by their ids, `unresolved` last."""
        return _titles(self._core.names()[2])

    @property
    def actors(self) -> dict[str, str]:
        """The titles of the actors by their names."""
        return _titles(self._core.names()[3])

    @property
    def inputs(self) -> list[_core.Input]:
        """What is drawn once per trial: the assumptions that are not constant, and other such values."""
        return self._core.inputs()

    def check(self, *, set: Settings = None) -> Check:
        """What it contains, what is probably not meant, and how decided its actors are.

        `set` puts other values in place of the file's. Raises `ScenarioError` if these make mistakes.
        """
        given = settings(set)
        found, drawn = self._core.diagnostics(given)
        if any(item.severity == "error" for item in found):
            raise ScenarioError(drawn.rstrip(), found)
        contents = self._core.contents(given)
        return Check(tuple(found), drawn, contents, self._core.decisiveness(given))

    # Other questions

    def shard(self, number: int, of: int) -> OneShard:
        """Who is asked the same questions, and plays shard `number`, from 1, of `of`.

        `crisis.shard(3, 64).run(n=1_000_000)` gives the third of 64 shards, which `demarche.merge` joins.
        `run`, `compare`, `levers`, `sweep`, `sensitivity` and `why` can be cut. Their methods raise `QuestionError`
        if there is no such shard, or what is asked cannot be cut: other questions, `precision`, `trials`.
        """
        return OneShard(self, number, of)

    def evaluate(
        self,
        points: Sequence[Mapping[str, Value]],
        *,
        policy: str | Sequence[str] = "none",
        world: str | Sequence[str] = "base",
        n: int | None = None,
        seed: int = 1,
        threads: int | None = None,
        engine: Engine = "lanes",
        progress: ProgressOption = None,
    ) -> Table:
        """Plays the same number of trials at each of several points, all with the same random numbers.

        A point is values by their paths, as `set` takes them. `policy` and `world` hold at all points, or are
        one for each. The table has a row for each point: for each outcome, by its id, the share of trials
        that ended in it; for `state.NAME`, `measures.NAME` and `utility.ACTOR` the means at their end.

        The other options and what is raised are as for `run`.
        """
        policies = _one_each(policy, len(points), "policy")
        worlds = _one_each(world, len(points), "world")
        played = [(settings(point), *under) for point, under in zip(points, zip(policies, worlds))]
        options = ["run", "-", *words({"n": n, "seed": seed, "threads": threads, "engine": engine})]
        with watched(progress, "evaluate") as callback:
            return Table(_core.evaluate(self._core, played, options, callback))

    def __repr__(self) -> str:
        return f"<Scenario {self.path}: {self.title}>"


class OneShard(Verbs[Shard]):
    """Who plays one of several shards of a question: see `Scenario.shard`."""

    __slots__ = ("_number", "_of", "_scenario")

    def __init__(self, scenario: Scenario, number: int, of: int) -> None:
        self._scenario = scenario
        self._number = number
        self._of = of

    def _asked_of(self) -> _core.Scenario:
        return self._scenario._asked_of()

    def _answer(self, question: Question, progress: ProgressOption) -> Shard:
        return question.play_shard(self._number, self._of, progress)

    def __repr__(self) -> str:
        return f"<Shard {self._number}/{self._of} of {self._scenario!r}>"


class Check(NamedTuple):
    """What `Scenario.check` found. Printed, it is what the command prints, but for what playing takes."""

    warnings: tuple[_core.Diagnostic, ...]
    """What is probably not meant."""
    drawn: str
    """The same, drawn with the lines it stands in."""
    contents: str
    """What the scenario contains."""
    decisiveness: str
    """How decided the choices of its actors are, in a few trials."""

    def __repr__(self) -> str:
        return self.drawn + self.contents + self.decisiveness

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(repr(self))}</pre>"


def score(
    *scenarios: Scenario | str | os.PathLike[str],
    policy: str = "none",
    world: str = "base",
    n: int | None = None,
    seed: int = 1,
    set: Settings = None,
    png: bool = False,
    csv: Csv = "guarded",
    threads: int | None = None,
    engine: Engine = "lanes",
    progress: ProgressOption = None,
) -> Result:
    """How well was it forecast? Scores the shares of trials of scenarios that say what happened.

    Each of `scenarios` is one, or the path of a file or of a folder, of which those files are scored that say
    what happened. The options and what is raised are as for `Scenario.run`.
    """
    options = {
        "policy": policy, "world": world, "n": n, "seed": seed, "set": set, "png": png, "csv": csv,
        "threads": threads, "engine": engine,
    }
    files = [own._core if isinstance(own, Scenario) else Path(own) for own in scenarios]
    return Question.of("score", options, files).play(progress)


def _restored(core: _core.Scenario) -> Scenario:
    """The scenario that was pickled."""
    return Scenario._of(core)


def _titles(named: Sequence[_core.Named]) -> dict[str, str]:
    """Titles by names."""
    return {own.name: own.title for own in named}


def _one_each(given: str | Sequence[str], count: int, what: str) -> list[str]:
    """A name for each point."""
    names = [given] * count if isinstance(given, str) else list(given)
    if len(names) != count:
        raise ValueError(f"{len(names)} names of a {what} for {count} points")
    return names
