"""Scenarios, and the questions that are asked of them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Literal, TypeAlias, Union

from . import _core
from .errors import ScenarioError
from .options import Several, Settings, Value, settings, words
from .progress import ProgressOption, watched
from .result import Result
from .table import Table

PathOrText: TypeAlias = Union[str, "os.PathLike[str]"]
"""The path of a file; or its text, which is a `str` with a line break in it."""

TrialFormat: TypeAlias = Literal["parquet", "csv"] | bool
"""Whether single trials are kept as a table, and as which file a run folder has them; `True` is Parquet."""

Engine: TypeAlias = Literal["lanes", "reference"]
"""Which engine plays; changes no result."""

Csv: TypeAlias = Literal["guarded", "plain", "excel"]
"""How text stands in the CSV tables of a run folder."""


class Scenario:
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
        core = _read(path_or_text, name)
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

    # Questions

    def run(
        self,
        *,
        policy: str = "none",
        world: str = "base",
        n: int | None = None,
        seed: int = 1,
        trials: TrialFormat = False,
        draws: int | None = None,
        repeats: int | None = None,
        precision: float | None = None,
        sampling: Literal["random", "stratified", "sobol"] = "random",
        set: Settings = None,
        png: bool = False,
        csv: Csv = "guarded",
        threads: int | None = None,
        engine: Engine = "lanes",
        progress: ProgressOption = None,
    ) -> Result:
        """How may it end? Plays one policy in one world.

        - `n`: how many trials; without, as many as the file says, or 10,000
        - `seed`: the seed of the random numbers, from 0 to 2⁶⁴ − 1
        - `trials`: also keep a table with a row for each trial, `result.trials`
        - `draws`, `repeats`: how many draws of the assumptions to play, and how many times each, to
          separate what nobody knows from chance; in place of `n`
        - `precision`: stop once the share of every outcome is known to so many percentage points
        - `sampling`: how what is drawn once per trial is spread over the trials
        - `set`: other values in place of the file's, `{"assumptions.cost": 0.5}`
        - `png`, `csv`: how `result.save` writes charts and tables
        - `threads`, `engine`: what to play with; changes no result
        - `progress`: a function, or whether a bar is shown: see `demarche.progress`

        Raises `QuestionError` or `ScenarioError` if the options do not fit the scenario, and `PlayError` if a
        formula gives a value that cannot be used.
        """
        return _ask("run", [self], progress, locals(), _RUN)

    def compare(
        self,
        other: Scenario | PathOrText | None = None,
        *,
        baseline: str | None = None,
        policy: Several = None,
        world: Several = None,
        announcement: bool = False,
        goal: Several = None,
        threshold: float | None = None,
        draws: int | None = None,
        repeats: int | None = None,
        n: int | None = None,
        seed: int = 1,
        set: Settings = None,
        png: bool = False,
        csv: Csv = "guarded",
        threads: int | None = None,
        engine: Engine = "lanes",
        progress: ProgressOption = None,
    ) -> Result:
        """What would policies change? Plays policies and worlds, or two scenarios, on common random numbers.

        - `other`: another scenario, such as an edited copy, to compare with this one
        - `baseline`: the policy that the others are compared with; without, `none`
        - `policy`, `world`: those to compare; without, all
        - `announcement`: also play each policy in secret, to tell its deed from its announcement
        - `goal`: what to judge policies by: `avoid:OUTCOME`, `seek:OUTCOME` or `actor:ACTOR`
        - `threshold`: the value of a goal that is good enough, from 0 to 1

        The other options and what is raised are as for `run`.
        """
        return _ask("compare", [self, *_others(other)], progress, locals(), _COMPARE)

    def levers(
        self,
        *,
        policy: str = "none",
        world: Several = None,
        n: int | None = None,
        seed: int = 1,
        set: Settings = None,
        png: bool = False,
        csv: Csv = "guarded",
        threads: int | None = None,
        engine: Engine = "lanes",
        progress: ProgressOption = None,
    ) -> Result:
        """Which single move matters? Forces and forbids each, under a policy, in one or several worlds.

        The options and what is raised are as for `run`.
        """
        return _ask("levers", [self], progress, locals(), _LEVERS)

    def sensitivity(
        self,
        *,
        policy: str = "none",
        world: str = "base",
        of: Several = None,
        method: Literal["sobol", "morris", "one-at-a-time"] = "sobol",
        by: Literal["actor"] | None = None,
        vary: Literal["preferences"] | None = None,
        trials: TrialFormat = False,
        n: int | None = None,
        seed: int = 1,
        set: Settings = None,
        png: bool = False,
        csv: Csv = "guarded",
        threads: int | None = None,
        engine: Engine = "lanes",
        progress: ProgressOption = None,
    ) -> Result:
        """What does it rest on?

        - `of`: what is explained: an outcome, `state.x`, `measures.x` or `utility.a`; without, all outcomes
          that occurred
        - `method`: how to find out
        - `by`: what to tell together
        - `vary`: what to draw although the file has it constant
        - `trials`: also keep a table of every play, `result.trials`
        - `n`: how many rows of plays; with `morris`, trajectories; with `one-at-a-time`, trials of each
          point; without, 16,384, 1,000 and 2,000

        The other options and what is raised are as for `run`.
        """
        return _ask("sensitivity", [self], progress, locals(), _SENSITIVITY)

    def sweep(
        self,
        vary: str | Sequence[str],
        *,
        policy: Several = None,
        world: Several = None,
        outcome: Several = None,
        measure: Several = None,
        n: int | None = None,
        seed: int = 1,
        set: Settings = None,
        png: bool = False,
        csv: Csv = "guarded",
        threads: int | None = None,
        engine: Engine = "lanes",
        progress: ProgressOption = None,
    ) -> Result:
        """At what value does it tip? Sets one or two values to each of several.

        - `vary`: what to sweep, as `"assumptions.cost = 0.1 to 0.9 in 9"` or `"… = a, b, c"`; two for a grid
        - `policy`: the policies to play, to see where each of the others overtakes the first
        - `outcome`, `measure`: what is told; without, the outcomes that change most

        The other options and what is raised are as for `run`.
        """
        return _ask("sweep", [self], progress, locals(), _SWEEP)

    def discover(
        self,
        outcome: str,
        *,
        policy: str = "none",
        world: str = "base",
        boxes: int = 1,
        n: int | None = None,
        seed: int = 1,
        set: Settings = None,
        png: bool = False,
        csv: Csv = "guarded",
        threads: int | None = None,
        engine: Engine = "lanes",
        progress: ProgressOption = None,
    ) -> Result:
        """Under which conditions does an outcome happen?

        - `outcome`: the id of the outcome whose conditions are looked for
        - `boxes`: how many sets of conditions to look for at most, from 1 to 20

        The other options and what is raised are as for `run`.
        """
        return _ask("discover", [self], progress, locals(), _DISCOVER)

    def trace(
        self,
        trial: int | None = None,
        *,
        outcome: str | None = None,
        typical: bool = False,
        odds: int | None = None,
        against: str | None = None,
        policy: str = "none",
        world: str = "base",
        sampling: Literal["random", "stratified", "sobol"] = "random",
        n: int | None = None,
        seed: int = 1,
        set: Settings = None,
        png: bool = False,
        csv: Csv = "guarded",
        threads: int | None = None,
        engine: Engine = "lanes",
        progress: ProgressOption = None,
    ) -> Result:
        """How did one trial go? The trial is `result.object`: see `docs/trace.md`.

        - `trial`: its number, from 0, as in the table of trials
        - `outcome`, `typical`: in place of a number, the trial that is most like the others with this outcome
        - `odds`: also play so many futures after each step, and tell the odds as they changed
        - `against`: also tell the same trial under this other policy, and where the two part

        The other options and what is raised are as for `run`.
        """
        return _ask("trace", [self], progress, locals(), _TRACE)

    def why(
        self,
        *,
        policy: str = "none",
        world: str = "base",
        outcome: str | None = None,
        by: Literal["step", "source"] | None = None,
        n: int | None = None,
        seed: int = 1,
        set: Settings = None,
        png: bool = False,
        csv: Csv = "guarded",
        threads: int | None = None,
        engine: Engine = "lanes",
        progress: ProgressOption = None,
    ) -> Result:
        """Whose luck settled how it ends, and when?

        - `outcome`: the outcome to tell of first; without, the one that is most open
        - `by`: tell luck apart less finely, which takes less time

        The other options and what is raised are as for `run`.
        """
        return _ask("why", [self], progress, locals(), _WHY)

    def update(
        self,
        record: Scenario | PathOrText | None = None,
        *,
        until: str | int | None = None,
        policy: str = "none",
        world: Several = None,
        n: int | None = None,
        seed: int = 1,
        set: Settings = None,
        png: bool = False,
        csv: Csv = "guarded",
        threads: int | None = None,
        engine: Engine = "lanes",
        progress: ProgressOption = None,
    ) -> Result:
        """What are the odds now, given what has happened?

        - `record`: a file that holds the record, or its text, for a scenario that has none
        - `until`: take the record to be known only up to here: a day, or a step
        - `world`: the worlds that may hold, or `all`

        The other options and what is raised are as for `run`.
        """
        return _ask("update", [self], progress, locals(), _UPDATE, record=record)

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


@dataclass(frozen=True)
class Check:
    """What `Scenario.check` found. Printed, it is what the command prints."""

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
    files = [own if isinstance(own, Scenario) else Path(own) for own in scenarios]
    return _ask("score", files, progress, locals(), _SCORE)


_LUCK = ("n", "seed", "set", "png", "csv", "threads", "engine")
"""The options that every question has."""
_RUN = ("policy", "world", "trials", "draws", "repeats", "precision", "sampling", *_LUCK)
_COMPARE = (
    "baseline", "policy", "world", "announcement", "goal", "threshold", "draws", "repeats", *_LUCK,
)
_LEVERS = ("policy", "world", *_LUCK)
_SENSITIVITY = ("policy", "world", "of", "method", "by", "vary", "trials", *_LUCK)
_SWEEP = ("vary", "policy", "world", "outcome", "measure", *_LUCK)
_DISCOVER = ("outcome", "policy", "world", "boxes", *_LUCK)
_TRACE = (
    "trial", "outcome", "typical", "odds", "against", "policy", "world", "sampling", *_LUCK,
)
_WHY = ("policy", "world", "outcome", "by", *_LUCK)
_UPDATE = ("until", "policy", "world", *_LUCK)
_SCORE = ("policy", "world", *_LUCK)


def _ask(
    verb: str,
    files: Sequence[Scenario | Path],
    progress: ProgressOption,
    given: Mapping[str, object],
    names: Sequence[str],
    record: Scenario | PathOrText | None = None,
) -> Result:
    """Asks a question of files, with those of the values `given` that are its options."""
    options = {name: given[name] for name in names}
    if options.get("trials") is True:
        options["trials"] = "parquet"
    # Words for files say only how many there are. Those of options begin with dashes.
    places = [f"{at}.toml" for at in range(len(files))]
    asked = [own._core if isinstance(own, Scenario) else own for own in files]
    known = None if record is None else _text(record)
    with watched(progress, verb) as callback:
        answer = _core.ask([verb, *places, *words(options)], asked, known, callback)
    return Result(answer)


def _others(other: Scenario | PathOrText | None) -> list[Scenario]:
    """The second scenario of a comparison, if there is one."""
    if other is None:
        return []
    return [other if isinstance(other, Scenario) else Scenario(other)]


def _text(given: Scenario | PathOrText) -> _core.Scenario:
    """A text that need not be a scenario, such as a record."""
    return given._core if isinstance(given, Scenario) else _read(given, None)


def _read(path_or_text: PathOrText, name: PathOrText | None) -> _core.Scenario:
    """Reads a file, or takes its text."""
    if isinstance(path_or_text, str) and ("\n" in path_or_text or "\r" in path_or_text):
        return _core.Scenario(os.fspath(name or "scenario.toml"), path_or_text.encode())
    path = Path(path_or_text)
    return _core.Scenario(os.fspath(name or path_or_text), path.read_bytes())


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
