"""What can go wrong.

Every exception prints what the command prints: mistakes of a scenario are drawn with the lines they stand
in. A file that cannot be opened is an `OSError` of Python, and Ctrl-C a `KeyboardInterrupt`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._core import Diagnostic


class DemarcheError(Exception):
    """Any error of this package."""


class ScenarioError(DemarcheError, ValueError):
    """A scenario has mistakes, or a value that was set makes some.

    Printed, it shows every mistake with its line. `diagnostics` has the same as a list, in the order of
    the file, with the warnings.
    """

    def __init__(self, text: str, diagnostics: Sequence[Diagnostic] = ()) -> None:
        super().__init__(text, tuple(diagnostics))
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)

    def __str__(self) -> str:
        return str(self.args[0])


class QuestionError(DemarcheError, ValueError):
    """A question that cannot be asked of a scenario: an unknown policy, options that exclude each other."""


class PlayError(DemarcheError, RuntimeError):
    """A trial could not be played: a formula gave a value that cannot be used."""


class FolderError(DemarcheError, OSError):
    """A run folder could not be written, or is not as it was written."""
