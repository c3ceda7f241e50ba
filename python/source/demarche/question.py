"""A question with its options, before it is played."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from . import _core
from .options import PathOrText, words
from .progress import ProgressOption, watched
from .result import Result
from .shards import Shard


class Question(NamedTuple):
    """A question with its options, before it is played. It has all that it needs, and can be pickled."""

    verb: str
    """What is asked: `run`, `compare`, …"""
    words: tuple[str, ...]
    """The options, as words of the command line."""
    files: tuple[_core.Scenario | Path, ...]
    """The scenarios that it is asked of."""
    record: _core.Scenario | None
    """A text with what happened."""

    @classmethod
    def of(
        cls,
        verb: str,
        options: Mapping[str, object],
        files: Sequence[_core.Scenario | Path],
        record: _core.Scenario | None = None,
    ) -> Question:
        """The question with these options."""
        own = dict(options)
        if own.get("trials") is True:
            own["trials"] = "parquet"
        return cls(verb, tuple(words(own)), tuple(files), record)

    @property
    def _line(self) -> list[str]:
        """The words of the command line. Those for files say only how many there are."""
        # Options begin with dashes.
        return [self.verb, *(f"{at}.toml" for at in range(len(self.files))), *self.words]

    def play(self, progress: ProgressOption = None) -> Result:
        """Plays it."""
        with watched(progress, self.verb) as callback:
            return Result(_core.ask(self._line, self.files, self.record, callback))

    def play_shard(self, number: int, of: int, progress: ProgressOption = None) -> Shard:
        """Plays shard `number`, from 1, of `of`.

        Raises `QuestionError` if there is no such shard, or the question cannot be cut.
        """
        with watched(progress, f"{self.verb} {number}/{of}") as callback:
            return Shard(*_core.play_shard(self._line, self.files, f"{number}/{of}", self.record, callback))

    def divisible(self) -> tuple[int, int]:
        """How many trials and replays all shards of it play.

        Raises `QuestionError` if it cannot be asked, or cannot be cut into shards.
        """
        return _core.divisible(self._line, self.files, self.record)


def read(path_or_text: PathOrText, name: PathOrText | None = None) -> _core.Scenario:
    """Reads a file, or takes its text."""
    if isinstance(path_or_text, str) and ("\n" in path_or_text or "\r" in path_or_text):
        return _core.Scenario(os.fspath(name or "scenario.toml"), path_or_text.encode())
    path = Path(path_or_text)
    return _core.Scenario(os.fspath(name or path_or_text), path.read_bytes())
