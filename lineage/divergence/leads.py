"""The lead of a task against the leads of the clause its sentence stands in: by the sentence link, never by the heading.

Where no lead is named, who alone is responsible counts (民政部负责): above one named body, for of several nobody said who leads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lineage.divergence.reading import Reading
from lineage.functions import NO_COUNTERPARTS, Answer, Counterparts, same_function
from lineage.records import Divergence, Link, Quote
from loaders.records import Place, Provision, RoleMention

RULE = "lead-by-function"
_IN_CHARGE = ("lead", "responsible")
DIRECTION = {"match": "neutral", "shared": "neutral", "mismatch": "replaced"}


@dataclass(frozen=True, slots=True)
class Lead:
    """One who leads: the name, where it is written, and its participation in the graph; ``names`` are the parts of an A或B."""

    name: str
    names: tuple[str, ...]
    generic: bool
    quote: Quote
    node: tuple[str, str]


def lead_divergences(reading: Reading, counterparts: Counterparts = NO_COUNTERPARTS) -> Iterator[Divergence]:
    """Yield one record for each task and clause it is linked to, on the strongest of their links."""
    for task, links in reading.by_task.items():
        own = _lower_leads(reading, task)
        for clause in dict.fromkeys(link.provision for link in links):
            here = [link for link in links if link.provision == clause]
            link = max(here, key=lambda one: (sum(q.end - q.start for q in one.task_evidence), one.confidence))
            holder = _holder(reading.provisions, clause)
            if holder is not None:
                yield _record(reading, link, holder, own, counterparts)
            elif own and any(p.roles for p in reading.provisions.values()):
                yield _unnoted(link, own)


def _holder(provisions: dict[str, Provision], own: str) -> Provision | None:
    """The provision whose note says who does it: the clause itself, or the nearest above it that has roles."""
    at = provisions.get(own)
    while at is not None and not at.roles:
        at = provisions.get(at.parent or "")
    return at


def _record(reading: Reading, link: Link, holder: Provision, own: Sequence[Lead], counterparts: Counterparts) -> Divergence:
    place = holder.note_place or holder.place
    upper = _leads(reading.upper.text, holder.roles, place, holder.id)
    note = reading.upper_quote(place.start or 0, place.end or 0)
    named = [lead for lead in upper if not lead.generic]
    if not upper and len(alone := _leads(reading.upper.text, holder.roles, place, holder.id, role="responsible")) == 1:
        upper, named = alone, [lead for lead in alone if not lead.generic]
    code, reason, pairs = _classify(named, own, holder.note or "", counterparts)
    return Divergence(
        link.task,
        link.provision,
        link.sentence or "",
        "lead",
        code,
        DIRECTION.get(code, "unclear"),  # type: ignore[arg-type]
        tuple(lead.quote for lead in upper) or (note,),
        tuple(lead.quote for lead in own),
        reason,
        RULE,
        {
            "upper": [lead.name for lead in upper],
            "lower": [lead.name for lead in own],
            "pairs": [
                {"upper": a, "lower": b, "same": answer.same, "by": answer.how, "functions": [answer.upper_function, answer.lower_function]}
                for a, b, answer in pairs
            ],
        },
        tuple(lead.node for lead in upper),
        tuple(lead.node for lead in own),
    )


def _unnoted(link: Link, own: Sequence[Lead]) -> Divergence:
    """The upper document names who leads elsewhere, and nobody here."""
    zh = f"上级该条没有写明责任单位，本级{_said(own)[0]}。"
    return Divergence(
        link.task,
        link.provision,
        link.sentence or "",
        "lead",
        "upper-open",
        "unclear",
        (),
        tuple(lead.quote for lead in own),
        (zh, f"Nobody is named above; here {_said(own)[1]}."),
        RULE,
        {"upper": [], "lower": [lead.name for lead in own], "pairs": []},
        (),
        tuple(lead.node for lead in own),
    )


def _classify(
    upper: Sequence[Lead], own: Sequence[Lead], note: str, counterparts: Counterparts
) -> tuple[str, tuple[str, str], list[tuple[str, str, Answer]]]:
    """Return the code, the reason and what was compared with what."""
    above, here = _said(upper), _said(own)
    if not upper:
        return "upper-open", (f"上级写“{note}”，没有指明牵头的具体部门。", f"The upper note ({note}) names no department as lead."), []
    if not own:
        return "unclear", (f"上级{above[0]}，本级未写牵头。", f"Above {above[1]}; no lead is written here."), []
    both = f"上级{above[0]}，本级{here[0]}，", f"Above {above[1]}, here {here[1]}"
    named = [lead for lead in own if not lead.generic]
    if not named:
        return "lower-generic", (f"{both[0]}未具名。", f"{both[1]}, which names nobody."), []
    pairs = [(a, b, same_function(a, b, counterparts)) for lead in upper for a in lead.names for other in named for b in other.names]
    met = {a for a, _, answer in pairs if answer.same}
    said = "；".join(f"{b}对应{a}" for a, b, answer in pairs if answer.same)
    said_en = "; ".join(f"{b} answers to {a}" for a, b, answer in pairs if answer.same)
    if met and all(set(lead.names) & met for lead in upper):
        return "match", (f"{said}。", f"{said_en}."), pairs
    if met:
        return "shared", (f"{both[0]}{said}。", f"{both[1]}: {said_en}."), pairs
    if any(answer.same is None for _, _, answer in pairs):
        unknown = "、".join(dict.fromkeys(n for a, b, x in pairs if x.same is None for n in _unlisted(a, b, x)))
        return "unclear", (f"{both[0]}{unknown}不在职能表中，无法对照。", f"{both[1]}; {unknown} is not in the list of functions."), pairs
    return "mismatch", (f"{both[0]}职能均不同。", f"{both[1]}: other functions."), pairs


def _said(leads: Sequence[Lead]) -> tuple[str, str]:
    """Return who leads, or is responsible, in both languages: 由甲司、乙司共同牵头."""
    names = "、".join(lead.name for lead in leads)
    leading = any(lead.node[1].startswith("role/lead/") for lead in leads)
    together = "共同" if len(leads) > 1 and leading else ""
    return f"由{names}{together}{'牵头' if leading else '负责'}", f"{names} {'in the lead' if leading else 'responsible'}"


def _unlisted(upper: str, lower: str, answer: Answer) -> list[str]:
    return [name for name, function in ((upper, answer.upper_function), (lower, answer.lower_function)) if function is None]


def _lower_leads(reading: Reading, task: str) -> list[Lead]:
    row = reading.rows.get(task)
    if row is not None:
        found = [
            _leads(reading.lower.text, row.roles, cell.place if cell else row.place, task, role=role)
            for role in _IN_CHARGE
            for cell in (row.cells.get(role),)
        ]
    else:
        holder = _holder(reading.lower_provisions, task)
        place = (holder.note_place or holder.place) if holder else None
        found = [_leads(reading.lower.text, holder.roles, place, holder.id, role=role) for role in _IN_CHARGE] if holder and place else []
    return next((leads for leads in found if leads), [])


def _leads(text: str, roles: Sequence[RoleMention], place: Place, own: str, *, role: str = "lead") -> list[Lead]:
    """Those in a role, each where the words name it; numbers follow those of the graph's participations."""
    found: list[Lead] = []
    count, after = 0, place.start or 0
    for mention in roles:
        if mention.role != role:
            continue
        actor = mention.actor
        names = actor.alternatives or (actor.name,)
        at = text.find(actor.name, after, place.end)
        start, end = (at, at + len(actor.name)) if at >= 0 else (place.start or 0, place.end or 0)
        after = end if at >= 0 else after
        found.append(
            Lead(actor.name, names, actor.kind == "generic", Quote(start, end, text[start:end]), (own, f"role/{role}/{count + 1}"))
        )
        count += len(names)
    return found
