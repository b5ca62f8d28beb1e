"""How tasks depart from the sentences they are linked to: 加码, 减码, 替换, 不明, each with both quotes and a reason to check.

A module an aspect: time limits, frequencies, figures, lists, leads, duty words, duties of an upper body taken on, what else was reworded.
"""

from __future__ import annotations

from collections.abc import Sequence

from lineage.divergence.addressees import addressee_divergences
from lineage.divergence.deadlines import deadline_divergences
from lineage.divergence.duty import duty_divergences
from lineage.divergence.frequencies import frequency_divergences
from lineage.divergence.leads import lead_divergences
from lineage.divergence.listings import listing_divergences
from lineage.divergence.opposites import opposite_divergences
from lineage.divergence.order import order_divergences
from lineage.divergence.quantities import quantity_divergences
from lineage.divergence.reading import Reading
from lineage.divergence.weights import weight_divergences
from lineage.functions import NO_COUNTERPARTS, Counterparts
from lineage.records import Divergence, Link
from loaders.records import Extraction


def divergences_of(
    upper: Extraction, lower: Extraction, links: Sequence[Link], counterparts: Counterparts = NO_COUNTERPARTS
) -> tuple[Divergence, ...]:
    """Return every comparison of a pair, in the order of the links, then by aspect and place.

    ``counterparts`` are pairs of department names that people confirmed to correspond; the list of functions decides the others.
    """
    reading = Reading(upper, lower, links)
    found = [
        *deadline_divergences(reading),
        *frequency_divergences(reading),
        *quantity_divergences(reading),
        *lead_divergences(reading, counterparts),
        *duty_divergences(reading),
        *addressee_divergences(reading),
        *listing_divergences(reading),
    ]
    found += opposite_divergences(reading, found)
    found += weight_divergences(reading, found)
    found += order_divergences(reading)
    order = {(link.task, link.sentence): at for at, link in reversed(list(enumerate(reading.links)))}
    places = [q.start for d in found for q in (*d.lower, *d.upper)]
    last = max(places, default=0) + 1
    return tuple(
        sorted(
            found,
            key=lambda d: (
                order[d.task, d.sentence],
                d.aspect,
                d.lower[0].start if d.lower else last,
                d.upper[0].start if d.upper else last,
                d.difference,
            ),
        )
    )
