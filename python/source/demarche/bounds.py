"""Bounds of what nobody knows, for methods that choose values themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .scenario import Scenario


class Bounded(NamedTuple):
    """A value of a scenario that varies within bounds."""

    name: str
    """What it is called."""
    path: str
    """Its path, which `set` takes."""
    low: float
    """The lowest value."""
    high: float
    """The highest value."""


def bounded(
    scenario: Scenario,
    names: Sequence[str] | None = None,
    bounds: Mapping[str, tuple[float, float]] | None = None,
) -> list[Bounded]:
    """The numbers that a scenario draws once per trial, each within bounds beyond which 1 of 1,000 draws lies.

    `names` are those to take, in this
    order: names of assumptions, or paths of any numbers; without, all assumptions that are drawn by themselves.
    `bounds` are others in place of these, by name; a number that the scenario has constant
    needs them.

    Raises `ValueError` if bounds are missing or there is nothing between them.
    """
    own = {one.name: one for one in scenario.inputs if not one.labels}
    given = dict(bounds or {})
    if names is None:
        listed = [one.name for one in own.values() if one.is_assumption and one.low is not None]
        names = [*listed, *(name for name in given if name not in listed)]
    found = []
    for name in names:
        known = own.get(name)
        low, high = given.get(name, (known.low, known.high) if known else (None, None))
        if low is None or high is None:
            raise ValueError(f"the bounds of {name!r} are not known: pass bounds={{{name!r}: (low, high)}}")
        if not low < high:
            raise ValueError(f"the bounds of {name!r} leave nothing between {low} and {high}")
        path = known.path if known else name if "." in name else f"assumptions.{name}"
        found.append(Bounded(name, path, float(low), float(high)))
    return found
