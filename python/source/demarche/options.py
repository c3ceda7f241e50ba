"""Options as words of the command line, whose parser is the only one that there is."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias, Union

Value: TypeAlias = bool | int | float | str
"""A value of a scenario: a number, a truth value, or a formula such as `"0.1 to 0.9"`."""

Settings: TypeAlias = Mapping[str, Value] | Sequence[str] | str | None
"""What `set` takes: values by their paths, `{"assumptions.cost": 0.5}`, or words as the command takes them,
`"assumptions.cost=0.5"`, one or several."""

Several: TypeAlias = str | Sequence[str] | None
"""One name, several, or none."""

PathOrText: TypeAlias = Union[str, "os.PathLike[str]"]
"""The path of a file; or its text, which is a `str` with a line break in it."""

TrialFormat: TypeAlias = Literal["parquet", "csv"] | bool
"""Whether single trials are kept as a table, and as which file a run folder has them; `True` is Parquet."""

Engine: TypeAlias = Literal["lanes", "reference"]
"""Which engine plays; changes no result."""

Csv: TypeAlias = Literal["guarded", "plain", "excel"]
"""How text stands in the CSV tables of a run folder."""


def settings(given: Settings) -> list[str]:
    """Values that are set, as the words `path=value`."""
    match given:
        case None:
            return []
        case str():
            return [given]
        case Mapping():
            return [f"{path}={written(value)}" for path, value in given.items()]
        case _:
            return list(given)


def written(value: Value) -> str:
    """A value as a scenario file has it: numbers with all their digits."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case int():
            return str(int(value))
        case _:
            return repr(float(value))


def words(options: Mapping[str, object]) -> Iterator[str]:
    """The words of options: `None` and `False` are left out, and a list is an option given several times."""
    for name, value in options.items():
        option = f"-{name}" if len(name) == 1 else f"--{name.replace('_', '-')}"
        if name == "set":
            value = settings(value)  # type: ignore[arg-type]
        match value:
            case None | False:
                pass
            case True:
                yield option
            case str() | os.PathLike():
                yield f"{option}={os.fspath(value)}"
            case Sequence():
                yield from (f"{option}={one}" for one in value)
            case _:
                yield f"{option}={value}"
