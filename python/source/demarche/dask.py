"""Questions played on a Dask cluster (https://distributed.dask.org); needs the package `distributed`.

    >>> import demarche, demarche.dask
    >>> from distributed import Client
    >>> crisis = demarche.Scenario("scenarios/border-crisis.toml")
    >>> with Client("tcp://scheduler:8786") as client:
    ...     result = demarche.dask.run(client, crisis, n=1_000_000_000)

A question is cut into shards, the workers play them, and they are joined here to the answer of one machine: the
same tables, charts and words to the last bit, whatever workers there are. The shards of a worker that dies are played
by others: each up to four times, or as `distributed.scheduler.allowed-failures` says. All workers need the
version of this package that the client has. Nothing is written on them, and they read no files.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from . import _core
from .progress import ProgressOption, watched
from .question import Question
from .result import Result
from .scenario import Scenario
from .shards import Shard, merge
from .verbs import Verbs

if TYPE_CHECKING:
    from distributed import Client

_EACH = 4
"""How many shards there are for each thread of the workers, so that no thread waits long for the last one."""

P = ParamSpec("P")
"""The options of a question."""


def on(client: Client, scenario: Scenario, *, shards: int | None = None) -> OnDask:
    """Who is asked the questions about a scenario, and has the workers of a cluster play them.

    `on(client, crisis, shards=640).compare(n=10_000_000)` is `compare(client, crisis, n=10_000_000)` cut into 640
    shards; without a number, there are four for each thread of the workers. What is lost with a worker are the
    shards that it was playing, so that many are better than few. Each begins by compiling the scenario,
    which takes up to half a second.
    """
    return OnDask(client, scenario, shards)


class OnDask(Verbs[Result]):
    """Who has the workers of a cluster play the questions about a scenario: see `on`.

    `run`, `compare`, `levers`, `sweep`, `sensitivity` and `why` can be cut into shards. Other questions, and those
    with `precision` or `trials`, raise `QuestionError`. A shard is played by as many threads as `threads` says, and
    by one without. `progress` is told whenever a shard is done.
    """

    __slots__ = ("_client", "_scenario", "_shards")

    def __init__(self, client: Client, scenario: Scenario, shards: int | None) -> None:
        if shards is not None and shards < 1:
            raise ValueError(f"a question cannot be cut into {shards} shards")
        self._client = client
        self._scenario = scenario
        self._shards = shards

    def _asked_of(self) -> _core.Scenario:
        return self._scenario._asked_of()

    def _answer(self, question: Question, progress: ProgressOption) -> Result:
        from distributed import as_completed

        # What is wrong with a question is told before anything is sent.
        trials, replays = question.divisible()
        of = self._shards or _EACH * max(1, sum(self._client.nthreads().values()))
        play, key = _alone(question).play_shard, f"demarche-{question.verb}"
        futures = self._client.map(play, range(1, of + 1), of=of, progress=False, key=key, pure=False)
        done: list[Shard] = []
        try:
            with watched(progress, question.verb) as tell:
                for future, shard in as_completed(futures, with_results=True):
                    # It is here, and need not be played again if its worker dies.
                    future.release()
                    done.append(shard)
                    if tell is not None:
                        now = [all_of * len(done) // of for all_of in (trials, replays)]
                        tell(_core.Progress(now[0], trials, now[1], replays))
        except BaseException:
            self._client.cancel(futures)
            raise
        return merge(done)

    def __repr__(self) -> str:
        return f"<{self._scenario!r} on {self._client!r}>"


def _alone(question: Question) -> Question:
    """A question for a single thread, unless it says how many: Dask gives each of its tasks one."""
    if any(word.startswith("--threads=") for word in question.words):
        return question
    return question._replace(words=(*question.words, "--threads=1"))


def _asked(verb: Callable[Concatenate[OnDask, P], Result]) -> Callable[Concatenate[Client, Scenario, P], Result]:
    """The function that asks a question on a cluster, from the method."""

    @wraps(verb)
    def ask(client: Client, scenario: Scenario, /, *args: P.args, **options: P.kwargs) -> Result:
        return verb(on(client, scenario), *args, **options)

    return ask


run = _asked(OnDask.run)
"""`run(client, scenario, n=…)`: `Scenario.run` on a cluster. So are the others."""
compare = _asked(OnDask.compare)
levers = _asked(OnDask.levers)
sensitivity = _asked(OnDask.sensitivity)
sweep = _asked(OnDask.sweep)
why = _asked(OnDask.why)
