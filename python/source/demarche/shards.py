"""Shards of a question: parts that are played apart, on any machines, and joined to the answer of one.

    >>> parts = [crisis.shard(number, 3).run(n=1_000_000) for number in (1, 2, 3)]
    >>> result = demarche.merge(parts)

They are those of `demarche run --shard 1/3` and `demarche merge`: see `docs/shards.md`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, TypeAlias, Union

from . import _core
from .result import Result

ShardOrPath: TypeAlias = Union["Shard", str, "os.PathLike[str]"]
"""A shard, or the path of its file."""


class Shard(NamedTuple):
    """A part of a question that was played. It can be pickled, and be written to a file."""

    name: str
    """The name of its file, which no other shard of any question has."""
    data: bytes
    """The bytes of its file: the same ones as `demarche … --shard` writes."""

    def save(self, folder: str | os.PathLike[str] = ".") -> Path:
        """Writes its file into a folder, and returns its path."""
        path = Path(folder) / self.name
        path.write_bytes(self.data)
        return path

    def __repr__(self) -> str:
        return f"<Shard {self.name}: {len(self.data):,} bytes>"


def merge(shards: Iterable[ShardOrPath]) -> Result:
    """Joins all shards of a question, in any order, to the answer that one machine would have given.

    Raises `QuestionError` with all that is wrong with them: one is damaged, missing, doubled, or of another
    question or version of Démarche. Raises `OSError` if a file cannot be read.
    """
    return Result(_core.merge([_read(own) for own in shards]))


def _read(shard: ShardOrPath) -> tuple[str, bytes]:
    """The name of a shard and the bytes of its file."""
    if isinstance(shard, Shard):
        return (shard.name, shard.data)
    return (os.fspath(shard), Path(shard).read_bytes())
