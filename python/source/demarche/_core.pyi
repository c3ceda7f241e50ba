"""The native part of the package, which is private: what it has is told where `demarche` uses it."""

from collections.abc import Callable, Sequence
from os import PathLike
from typing import final

__all__ = [
    "Answer",
    "Chart",
    "Diagnostic",
    "Input",
    "Named",
    "Progress",
    "Scenario",
    "Table",
    "__version__",
    "ask",
    "divisible",
    "evaluate",
    "main",
    "merge",
    "open_folder",
    "play_shard",
    "restore",
]

__version__: str
"""The version of the engine: results are the same only within one."""

@final
class Diagnostic:
    """One mistake or warning: what is wrong, where, and what would be right."""

    def __new__(
        cls,
        code: str,
        severity: str,
        message: str,
        label: str,
        hints: Sequence[str],
        file: str,
        line: int | None,
        column: int | None,
    ) -> Diagnostic: ...
    @property
    def code(self) -> str:
        """Which kind of mistake it is, such as `E203`."""
    @property
    def severity(self) -> str:
        """`error` or `warning`."""
    @property
    def message(self) -> str:
        """What is wrong."""
    @property
    def label(self) -> str:
        """The words beside the underlined place: what was expected. May be empty."""
    @property
    def hints(self) -> list[str]:
        """What may help, such as the nearest known name."""
    @property
    def file(self) -> str:
        """The file that the place is in."""
    @property
    def line(self) -> int | None:
        """The line of the place, from 1; `None` where the mistake is about the whole file or about a value
        that was set."""
    @property
    def column(self) -> int | None:
        """The column of the place in that line, in characters from 1."""
    def __getnewargs__(
        self,
    ) -> tuple[str, str, str, str, list[str], str, int | None, int | None]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    __hash__: None  # type: ignore[assignment]

@final
class Named:
    """Something of a scenario that has a name and a title."""

    @property
    def name(self) -> str:
        """The name by which it is asked for."""
    @property
    def title(self) -> str:
        """The title that people read."""

@final
class Input:
    """A value that the scenario gives as a distribution: it is drawn once per trial."""

    @property
    def name(self) -> str:
        """What tables call it."""
    @property
    def path(self) -> str:
        """The path of the value, which `set` takes: `assumptions.cost_of_war`."""
    @property
    def formula(self) -> str:
        """The formula by which it is drawn."""
    @property
    def low(self) -> float | None:
        """The value that 1 of 1,000 draws is below; `None` for labels, and where more than one draw goes into
        the value."""
    @property
    def high(self) -> float | None:
        """The value that 1 of 1,000 draws is above, likewise."""
    @property
    def labels(self) -> list[str]:
        """The labels that it is one of; empty where it is a number."""
    @property
    def is_assumption(self) -> bool:
        """Whether it is listed under `[assumptions]`."""
    @property
    def is_alone(self) -> bool:
        """Whether the value is that of one draw and of nothing else that is drawn."""

@final
class Progress:
    """How far a question has come."""

    def __new__(cls, done: int, trials: int, replays_done: int, replays: int) -> Progress: ...
    @property
    def done(self) -> int:
        """How many trials were played, over all policies and worlds."""
    @property
    def trials(self) -> int:
        """How many trials there will be."""
    @property
    def replays_done(self) -> int:
        """How many replays were played: trials again with the same assumptions and other luck."""
    @property
    def replays(self) -> int:
        """How many replays there will be; 0 where that is not known beforehand."""
    @property
    def outcomes(self) -> list[tuple[str, int]]:
        """How many trials ended in each outcome so far, by its title, where a single policy is played in a
        single world; else empty, as it is while replays are played."""

@final
class Scenario:
    """The text of a scenario file, read and not changed any more. It may have mistakes."""

    def __new__(cls, path: str | PathLike[str], text: bytes) -> Scenario: ...
    def __getnewargs__(self) -> tuple[str, bytes]: ...
    @property
    def path(self) -> str: ...
    @property
    def text_bytes(self) -> bytes: ...
    def diagnostics(self, settings: Sequence[str]) -> tuple[list[Diagnostic], str]: ...
    def contents(self, settings: Sequence[str]) -> str: ...
    def decisiveness(self, settings: Sequence[str]) -> str: ...
    def summary(self) -> tuple[str, int, int]: ...
    def names(self) -> list[list[Named]]: ...
    def inputs(self) -> list[Input]: ...

@final
class Table:
    """A table: columns of one length."""

    @staticmethod
    def from_ipc(name: str, bytes: bytes) -> Table: ...
    def to_ipc(self) -> bytes: ...
    @property
    def name(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def column_names(self) -> list[str]: ...
    @property
    def meanings(self) -> dict[str, str]: ...
    def __len__(self) -> int: ...
    def values(
        self, column: str, first: int, end: int
    ) -> list[float | None] | list[int | None] | list[str | None]: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...

@final
class Chart:
    """A chart: an SVG drawing with what it shows in words."""

    def __new__(cls, name: str, kind: str, title: str, alt: str, svg: str) -> Chart: ...
    def __getnewargs__(self) -> tuple[str, str, str, str, str]: ...
    @property
    def name(self) -> str:
        """The name of its file in a run folder, without the ending."""
    @property
    def kind(self) -> str:
        """What kind of chart it is, such as `outcomes`."""
    @property
    def title(self) -> str:
        """The sentence that stands above it."""
    @property
    def alt(self) -> str:
        """What it shows, for those who cannot see it."""
    @property
    def svg(self) -> str:
        """The whole chart as an SVG document."""
    def png(self, scale: float = 2.0) -> bytes:
        """The chart as a PNG picture, with so many pixels for each CSS pixel of the drawing.

        Raises `ValueError` if that is no pixel or too many.
        """
    def _repr_svg_(self) -> str: ...

@final
class Answer:
    """The answer to a question."""

    @property
    def verb(self) -> str: ...
    @property
    def question(self) -> str: ...
    @property
    def command(self) -> str: ...
    @property
    def titles(self) -> list[str]: ...
    @property
    def played(self) -> int: ...
    @property
    def seconds(self) -> float: ...
    @property
    def warnings(self) -> list[str]: ...
    def tables(self) -> list[Table]: ...
    def trials(self) -> Table | None: ...
    def object(self) -> str | None: ...
    def charts(self) -> list[Chart]: ...
    def text(self, width: int | None = None) -> tuple[str, str]: ...
    def page(self) -> str: ...
    def save(self, root: str | PathLike[str]) -> str: ...

def ask(
    words: Sequence[str],
    files: Sequence[Scenario | str | PathLike[str]],
    record: Scenario | None = None,
    progress: Callable[[Progress], object] | None = None,
) -> Answer: ...
def divisible(
    words: Sequence[str],
    files: Sequence[Scenario | str | PathLike[str]],
    record: Scenario | None = None,
) -> tuple[int, int]: ...
def play_shard(
    words: Sequence[str],
    files: Sequence[Scenario | str | PathLike[str]],
    shard: str,
    record: Scenario | None = None,
    progress: Callable[[Progress], object] | None = None,
) -> tuple[str, bytes]: ...
def merge(shards: Sequence[tuple[str, bytes]]) -> Answer: ...
def evaluate(
    scenario: Scenario,
    points: Sequence[tuple[Sequence[str], str, str]],
    words: Sequence[str],
    progress: Callable[[Progress], object] | None = None,
) -> Table: ...
def open_folder(folder: str | PathLike[str]) -> Answer: ...
def restore(
    files: Sequence[tuple[str, bytes]], trials: tuple[str, Table] | None
) -> Answer: ...
def main(words: Sequence[str]) -> int: ...
