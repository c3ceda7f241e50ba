"""Démarche plays out a diplomatic situation many thousand times and says how it may end.

    >>> import demarche
    >>> crisis = demarche.Scenario("scenarios/border-crisis.toml")
    >>> result = crisis.run(n=10_000, seed=1)
    >>> result.tables["summary"].to_pandas()

A `Scenario` is asked the questions of the command `demarche`, with the same options and the same numbers
to the last bit: `run`, `compare`, `levers`, `sensitivity`, `sweep`, `discover`, `trace`, `why`, `update`;
`score` is asked of several. Each answers with a `Result`: tables that pandas, Polars, DuckDB and pyarrow
read without copies, charts, a page, and the ordinary run folder. `Scenario.shard` and `merge` cut a question into parts
for many machines, and `demarche.dask` does so on a Dask cluster.
"""

from ._core import Chart, Diagnostic, Input, Named, Progress, __version__
from .errors import DemarcheError, FolderError, PlayError, QuestionError, ScenarioError
from .result import Charts, Result, Tables, open_folder
from .scenario import Check, OneShard, Scenario, score
from .shards import Shard, merge
from .table import Table

__all__ = [
    "Chart",
    "Charts",
    "Check",
    "DemarcheError",
    "Diagnostic",
    "FolderError",
    "Input",
    "Named",
    "OneShard",
    "PlayError",
    "Progress",
    "QuestionError",
    "Result",
    "Scenario",
    "ScenarioError",
    "Shard",
    "Table",
    "Tables",
    "__version__",
    "merge",
    "open_folder",
    "score",
]
