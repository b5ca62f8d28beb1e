"""What a comparison of documents found, as plain frozen values. Offsets count code points in the documents' normalised texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lineage.records import Quote

Origin = Literal["shared", "from-upper", "altered-alike", "only-these", "title"]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch both documents have. ``origin`` is "shared" where no upper text was given, "title" inside 《》 that both cite.

    from-upper: the upper text has it too. altered-alike: it stands between words from the upper text, in place of what that has there.
    only-these: the upper text does not have it.
    """

    origin: Origin
    one: Quote
    other: Quote


@dataclass(frozen=True, slots=True)
class Shared:
    """Words that a unit (sentence or row) of one document shares with a unit of another, in the order of the first."""

    one_unit: str
    other_unit: str
    parts: tuple[Part, ...]
    upper_unit: str | None = None
    upper: Quote | None = None
    also_in: tuple[int, ...] = ()

    def chars(self, *origins: Origin) -> int:
        """Return how many characters are shared, of the origins named or of all."""
        return sum(len(p.one.quote) for p in self.parts if not origins or p.origin in origins)


@dataclass(frozen=True, slots=True)
class Sharing:
    """Two of the documents compared, by their numbers. ``earlier`` is the number of the one that is dated before the other, if both are."""

    one: int
    other: int
    earlier: int | None
    dates: tuple[str | None, str | None]
    identical: bool
    shared: tuple[Shared, ...]
    share_of_one: float
    share_of_other: float

    def chars(self, *origins: Origin) -> int:
        return sum(found.chars(*origins) for found in self.shared)
