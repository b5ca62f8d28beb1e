"""One expression of time, as found in a text and before any year is added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from loaders.deadlines.points import Point
from loaders.records import Offset, Recurrence

Shape = Literal["point", "cycle", "duration", "next"]


@dataclass(frozen=True, slots=True)
class Limit:
    """One expression of time in a folded text.

    ``start`` takes in the preposition (到) and the trigger (自作出之日起); ``core`` is where the time itself begins.
    ``since`` is the first point of a range. ``bound`` says that the words set a last moment (前, 内), ``said`` that they
    at least name the end of a period (底) or lead up to it (到). ``begins`` says that the time is when something starts.
    """

    start: int
    core: int
    end: int
    shape: Shape
    point: Point | None = None
    since: Point | None = None
    bound: bool = False
    said: bool = False
    begins: bool = False
    until: bool = False
    recurs: Recurrence | None = None
    offset: Offset | None = None
    triggers: tuple[str, ...] = ()
