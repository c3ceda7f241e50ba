"""Tables of answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from . import _core

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

_SHOWN = 10
"""How many rows are shown of a table that is printed."""
_WIDEST = 32
"""How many letters are shown of a value."""


class Table:
    """A table of an answer: the columns that `docs/tables.md` lists, or those of single trials.

    Anything that speaks the Arrow PyCapsule interface reads it without copying: `polars.DataFrame(table)`,
    `pyarrow.table(table)`, `pandas.DataFrame.from_arrow(table)`, and DuckDB by the name of a variable once it is
    `to_pyarrow()`. Text is a column of strings (in the table of trials, a dictionary of them), numbers are
    doubles, and counts are 64-bit integers; a value that there is not is null.
    """

    __slots__ = ("_core",)

    def __init__(self, core: _core.Table) -> None:
        self._core = core

    @property
    def name(self) -> str:
        """The name of the table: that of its file in a run folder, without the ending."""
        return self._core.name

    @property
    def about(self) -> str:
        """What a row of it is."""
        return self._core.about

    @property
    def column_names(self) -> list[str]:
        """The names of the columns."""
        return self._core.column_names

    @property
    def meanings(self) -> dict[str, str]:
        """What each column means, by its name; empty texts for columns that the scenario names."""
        return self._core.meanings

    def __len__(self) -> int:
        """The number of rows."""
        return len(self._core)

    def __getitem__(self, column: str) -> list[Any]:
        """The values of a column as a list; `None` where there is none.

        Raises `KeyError` if there is no such column.
        """
        return self._core.values(column, 0, len(self))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The rows, each as a dictionary."""
        names = self.column_names
        return (dict(zip(names, row)) for row in zip(*(self[name] for name in names)))

    def to_dict(self) -> dict[str, list[Any]]:
        """All columns as lists, by their names."""
        return {name: self[name] for name in self.column_names}

    def to_pyarrow(self) -> pyarrow.Table:
        """The table for pyarrow; needs the package `pyarrow`."""
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self) -> pandas.DataFrame:
        """The table for pandas; needs the packages `pandas` and `pyarrow`."""
        return self.to_pyarrow().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """The table for Polars; needs the package `polars`."""
        import polars

        return polars.DataFrame(self)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The columns, by the Arrow PyCapsule interface."""
        return self._core.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        """The types of the columns, by the Arrow PyCapsule interface."""
        return self._core.__arrow_c_schema__()

    def __reduce__(self) -> tuple[type[Table], tuple[_core.Table]]:
        return (Table, (self._core,))

    def _head(self) -> list[list[str]]:
        """The headings and the first rows as texts."""
        columns = [
            [name, *(_shown(value) for value in self._core.values(name, 0, _SHOWN))]
            for name in self.column_names
        ]
        return [list(row) for row in zip(*columns)]

    def __repr__(self) -> str:
        title = f"{self.name}: {len(self):,} rows, {len(self.column_names)} columns"
        rows = self._head()
        if not rows:
            return title
        widths = [max(len(cell) for cell in column) for column in zip(*rows)]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
        return "\n".join([title, *lines, *(["…"] if len(self) > _SHOWN else [])])

    def _repr_html_(self) -> str:
        from html import escape

        rows = self._head()

        def line(kind: str, cells: list[str]) -> str:
            return "<tr>" + "".join(f"<{kind}>{escape(cell)}</{kind}>" for cell in cells) + "</tr>"

        body = "".join(line("td", row) for row in rows[1:])
        head = line("th", rows[0]) if rows else ""
        about = f"{escape(self.name)}: {len(self):,} rows. {escape(self.about)}"
        return f"<table><caption>{about}</caption><thead>{head}</thead><tbody>{body}</tbody></table>"


def _shown(value: object) -> str:
    """A value as it is printed."""
    match value:
        case None:
            return ""
        case float():
            return f"{value:.6g}"
        case _:
            text = str(value)
            return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
