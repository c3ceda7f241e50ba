"""How far a question has come: a bar, or a function that is told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from ._core import Progress

ProgressOption: TypeAlias = bool | Callable[[Progress], object] | None
"""What `progress` takes: a function that is called with a `Progress` a few times a second, from the thread that
asks; `True` for a bar of tqdm, `False` for none. `None`, the default, is a bar where tqdm is installed and
someone sees it, that is in a terminal or a notebook, and only if it takes more than a second. An exception that
the function raises stops the question."""

_DELAY = 1.0
"""How many seconds pass before a bar is shown that nobody asked for."""


@contextmanager
def watched(option: ProgressOption, what: str) -> Iterator[Callable[[Progress], object] | None]:
    """What is to be called with progress while something is asked."""
    if callable(option):
        yield option
        return
    bar = _bar(option, what)
    if bar is None:
        yield None
        return

    def show(progress: Progress) -> None:
        bar.total = progress.trials + progress.replays
        bar.update(progress.done + progress.replays_done - bar.n)

    with bar:
        yield show
        # What is left of the last interval.
        if bar.total:
            bar.update(bar.total - bar.n)


def _bar(option: bool | None, what: str) -> Any:
    """A bar of tqdm; `None` where none is to be shown."""
    if option is False or (option is None and not _is_seen()):
        return None
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return None
    delay = _DELAY if option is None else 0.0
    return tqdm(desc=what, unit=" trials", unit_scale=True, delay=delay, leave=option is True)


def _is_seen() -> bool:
    """Whether this is a terminal or a notebook."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    in_notebook = type(shell).__name__ == "ZMQInteractiveShell"
    return in_notebook or (sys.stderr is not None and sys.stderr.isatty())
