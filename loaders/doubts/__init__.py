"""What a careful reader of one whole document would point at: numbers, dates, roles, columns, references, wording; one file each.

A doubt is a function from the records of a document to findings. Adding one is adding a file and a line to ``DOUBTS``; its words are data
(``words/doubts.yaml``), its name a concept of the finding types. What needs other documents is in validation/checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from loaders.doubts.above import above_doubts
from loaders.doubts.blanks import blank_doubts
from loaders.doubts.bodies_in_words import body_doubts
from loaders.doubts.called_otherwise import called_otherwise_doubts
from loaders.doubts.chronology import chronology_doubts
from loaders.doubts.columns import column_doubts
from loaders.doubts.contradictions import contradiction_doubts
from loaders.doubts.cycles_apart import cycle_doubts
from loaders.doubts.dates import date_doubts
from loaders.doubts.deadline_words import deadline_doubts
from loaders.doubts.doers import doer_doubts
from loaders.doubts.dotted import dotted_doubts, group_doubts
from loaders.doubts.elsewhere import elsewhere_doubts
from loaders.doubts.fillers import filler_doubts
from loaders.doubts.frame import frame_doubts
from loaders.doubts.headings import heading_doubts
from loaders.doubts.labels import label_doubts
from loaders.doubts.level_forms import level_form_doubts
from loaders.doubts.limit_parts import limit_part_doubts
from loaders.doubts.listed import listed_doubts
from loaders.doubts.look_alikes import look_alike_doubts
from loaders.doubts.made_later import made_later_doubts
from loaders.doubts.miswritten import miswritten_doubts
from loaders.doubts.names import name_doubts
from loaders.doubts.note_kinds import note_kind_doubts
from loaders.doubts.numbers import number_doubts
from loaders.doubts.of_the_page import page_doubts
from loaders.doubts.part_references import part_reference_doubts
from loaders.doubts.plan_period import plan_period_doubts
from loaders.doubts.quantities import quantity_doubts
from loaders.doubts.ranks import rank_doubts
from loaders.doubts.references import reference_doubts
from loaders.doubts.roles import role_doubts
from loaders.doubts.seasons import season_doubts
from loaders.doubts.short_forms import short_form_doubts
from loaders.doubts.siblings import sibling_doubts
from loaders.doubts.signatory import signatory_doubts
from loaders.doubts.slips import slip_doubts
from loaders.doubts.step_pairs import step_pair_doubts
from loaders.doubts.steps import step_doubts
from loaders.doubts.title_words import title_doubts
from loaders.doubts.tokens import token_doubts
from loaders.doubts.told_dates import told_date_doubts
from loaders.doubts.twins import twin_doubts
from loaders.doubts.unfinished import unfinished_doubts
from loaders.doubts.wholes import whole_doubts
from loaders.doubts.wording import wording_doubts
from loaders.records import Extraction, Finding

MOST = 200  # findings of one doubt in one document

DOUBTS: tuple[Callable[[Extraction], Iterable[Finding]], ...] = (
    number_doubts,
    dotted_doubts,
    group_doubts,
    deadline_doubts,
    date_doubts,
    told_date_doubts,
    season_doubts,
    quantity_doubts,
    whole_doubts,
    listed_doubts,
    step_doubts,
    step_pair_doubts,
    made_later_doubts,
    twin_doubts,
    cycle_doubts,
    limit_part_doubts,
    level_form_doubts,
    role_doubts,
    sibling_doubts,
    doer_doubts,
    column_doubts,
    blank_doubts,
    filler_doubts,
    label_doubts,
    name_doubts,
    miswritten_doubts,
    short_form_doubts,
    elsewhere_doubts,
    above_doubts,
    rank_doubts,
    note_kind_doubts,
    body_doubts,
    reference_doubts,
    part_reference_doubts,
    wording_doubts,
    slip_doubts,
    look_alike_doubts,
    unfinished_doubts,
    page_doubts,
    chronology_doubts,
    plan_period_doubts,
    signatory_doubts,
    frame_doubts,
    title_doubts,
    heading_doubts,
    contradiction_doubts,
    token_doubts,
    called_otherwise_doubts,
)


def doubts(document: Extraction) -> Iterator[Finding]:
    """Yield everything doubtful about a document, in no order."""
    for doubt in DOUBTS:
        yield from islice(doubt(document), MOST)
