"""The questions that are asked of a scenario, with their options."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from . import _core
from .options import Csv, Engine, PathOrText, Settings, Several, TrialFormat
from .progress import ProgressOption
from .question import Question, read

if TYPE_CHECKING:
    from .scenario import Scenario

Given = TypeVar("Given", covariant=True)
"""What whoever is asked gives: an answer, or a shard of it."""


class Verbs(ABC, Generic[Given]):
    """Whoever can be asked the questions about a scenario, and what they give for it."""

    __slots__ = ()

    @abstractmethod
    def _asked_of(self) -> _core.Scenario:
        """The scenario that is asked about."""

    @abstractmethod
    def _answer(self, question: Question, progress: ProgressOption) -> Given:
        """What is given for a question."""

    def _ask(
        self,
        verb: str,
        given: Mapping[str, object],
        names: Sequence[str],
        progress: ProgressOption,
        others: Sequence[_core.Scenario] = (),
        record: _core.Scenario | None = None,
    ) -> Given:
        """Asks a question with those of the values `given` that are its options."""
        options = {name: given[name] for name in names}
        return self._answer(Question.of(verb, options, [self._asked_of(), *others], record), progress)

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
    ) -> Given:
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
        return self._ask("run", locals(), _RUN, progress)

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
    ) -> Given:
        """What would policies change? Plays policies and worlds, or two scenarios, on common random numbers.

        - `other`: another scenario, such as an edited copy, to compare with this one
        - `baseline`: the policy that the others are compared with; without, `none`
        - `policy`, `world`: those to compare; without, all
        - `announcement`: also play each policy in secret, to tell its deed from its announcement
        - `goal`: what to judge policies by: `avoid:OUTCOME`, `seek:OUTCOME` or `actor:ACTOR`
        - `threshold`: the value of a goal that is good enough, from 0 to 1

        The other options and what is raised are as for `run`.
        """
        return self._ask("compare", locals(), _COMPARE, progress, others=_others(other))

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
    ) -> Given:
        """Which single move matters? Forces and forbids each, under a policy, in one or several worlds.

        The options and what is raised are as for `run`.
        """
        return self._ask("levers", locals(), _LEVERS, progress)

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
    ) -> Given:
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
        return self._ask("sensitivity", locals(), _SENSITIVITY, progress)

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
    ) -> Given:
        """At what value does it tip? Sets one or two values to each of several.

        - `vary`: what to sweep, as `"assumptions.cost = 0.1 to 0.9 in 9"` or `"… = a, b, c"`; two for a grid
        - `policy`: the policies to play, to see where each of the others overtakes the first
        - `outcome`, `measure`: what is told; without, the outcomes that change most

        The other options and what is raised are as for `run`.
        """
        return self._ask("sweep", locals(), _SWEEP, progress)

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
    ) -> Given:
        """Under which conditions does an outcome happen?

        - `outcome`: the id of the outcome whose conditions are looked for
        - `boxes`: how many sets of conditions to look for at most, from 1 to 20

        The other options and what is raised are as for `run`.
        """
        return self._ask("discover", locals(), _DISCOVER, progress)

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
    ) -> Given:
        """How did one trial go? The trial is `result.object`: see `docs/trace.md`.

        - `trial`: its number, from 0, as in the table of trials
        - `outcome`, `typical`: in place of a number, the trial that is most like the others with this outcome
        - `odds`: also play so many futures after each step, and tell the odds as they changed
        - `against`: also tell the same trial under this other policy, and where the two part

        The other options and what is raised are as for `run`.
        """
        return self._ask("trace", locals(), _TRACE, progress)

    def why(
        self,
        *,
        policy: str = "none",
        world: str = "base",
        outcome: str | None = None,
        by: Literal["step", "source"] | None = None,
        one_in: int | None = None,
        n: int | None = None,
        seed: int = 1,
        set: Settings = None,
        png: bool = False,
        csv: Csv = "guarded",
        threads: int | None = None,
        engine: Engine = "lanes",
        progress: ProgressOption = None,
    ) -> Given:
        """Whose luck settled how it ends, and when?

        - `outcome`: the outcome to tell of first; without, the one that is most open
        - `by`: tell luck apart less finely, which takes less time
        - `one_in`: look at one in so many moments of each trial, which takes less time; without, at 256 at most

        The other options and what is raised are as for `run`.
        """
        return self._ask("why", locals(), _WHY, progress)

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
    ) -> Given:
        """What are the odds now, given what has happened?

        - `record`: a file that holds the record, or its text, for a scenario that has none
        - `until`: take the record to be known only up to here: a day, or a step
        - `world`: the worlds that may hold, or `all`

        The other options and what is raised are as for `run`.
        """
        return self._ask("update", locals(), _UPDATE, progress, record=_record(record))


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
_WHY = ("policy", "world", "outcome", "by", "one_in", *_LUCK)
_UPDATE = ("until", "policy", "world", *_LUCK)


def _others(other: Scenario | PathOrText | None) -> list[_core.Scenario]:
    """The second scenario of a comparison, if there is one."""
    from .scenario import Scenario

    if other is None:
        return []
    return [(other if isinstance(other, Scenario) else Scenario(other))._asked_of()]


def _record(given: Scenario | PathOrText | None) -> _core.Scenario | None:
    """A text with a record, which need not be a scenario, if there is one."""
    if given is None:
        return None
    return given._asked_of() if isinstance(given, Verbs) else read(given)
