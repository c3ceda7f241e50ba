"""A scenario as a problem of SALib (https://salib.readthedocs.io).

    >>> import demarche, demarche.salib
    >>> from SALib.sample import sobol as sample
    >>> from SALib.analyze import sobol
    >>> problem = demarche.salib.Problem(demarche.Scenario("scenarios/border-crisis.toml"), of="war", n=500)
    >>> samples = sample.sample(problem.spec, 64)
    >>> indices = sobol.analyze(problem.spec, problem.evaluate(samples))

Every value within its bounds is as likely as another, whatever the file says: `Scenario.sensitivity` draws
values as the file has them. All samples have the same random numbers, so that they differ by their values alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .bounds import bounded
from .options import Value
from .progress import ProgressOption
from .scenario import Scenario

if TYPE_CHECKING:
    import numpy


class Problem:
    """A problem of SALib, and the function that evaluates its samples."""

    def __init__(
        self,
        scenario: Scenario,
        *,
        of: str | Sequence[str],
        names: Sequence[str] | None = None,
        bounds: Mapping[str, tuple[float, float]] | None = None,
        policy: str = "none",
        world: str = "base",
        n: int | None = None,
        seed: int = 1,
        threads: int | None = None,
    ) -> None:
        """A problem about one result or several.

        - `of`: ids of outcomes, whose share of trials is the result, or `state.NAME`, `measures.NAME` or
          `utility.ACTOR`, whose mean at the end of trials is
        - `names`, `bounds`: which values vary, and within which bounds: see `demarche.bounds`
        - `policy`, `world`, `n`, `seed`, `threads`: as for `Scenario.run`; `n` trials for each sample

        Raises `ValueError` if bounds are missing or there is no such result, and `QuestionError` if there is no
        such policy or world.
        """
        self.scenario = scenario
        self.of = [of] if isinstance(of, str) else list(of)
        self._one = isinstance(of, str)
        self._varied = bounded(scenario, names, bounds)
        self._under: dict[str, Any] = {"policy": policy, "world": world, "seed": seed, "threads": threads}
        self._n = n
        known = scenario.evaluate([{}], **{**self._under, "n": 1}).column_names
        for one in self.of:
            if one not in known:
                raise ValueError(f"there is no result {one!r}; there are {', '.join(known)}")

    @property
    def spec(self) -> dict[str, Any]:
        """The problem as SALib takes it: `num_vars`, `names` and `bounds`."""
        return {
            "num_vars": len(self._varied),
            "names": [one.name for one in self._varied],
            "bounds": [[one.low, one.high] for one in self._varied],
        }

    def evaluate(
        self, samples: numpy.typing.ArrayLike, *, progress: ProgressOption = None
    ) -> numpy.ndarray[Any, numpy.dtype[numpy.float64]]:
        """The results of samples: a row for each, with a column for each of the values that vary.

        One number a sample; where several results were asked for, a column for each. Needs the package
        `numpy`. Raises `ValueError` if the samples do not have as many columns as values vary.
        """
        import numpy

        rows = numpy.asarray(samples, dtype=float)
        if rows.ndim != 2 or rows.shape[1] != len(self._varied):
            raise ValueError(f"samples of shape {rows.shape} for {len(self._varied)} values")
        paths = [one.path for one in self._varied]
        points: list[dict[str, Value]] = [dict(zip(paths, row)) for row in rows.tolist()]
        played = self.scenario.evaluate(points, n=self._n, progress=progress, **self._under)
        columns = [numpy.array(played[one], dtype=float) for one in self.of]
        return columns[0] if self._one else numpy.stack(columns, axis=1)
