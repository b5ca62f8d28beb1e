"""Actors and who takes which role: nodes in the reference graph, participations in the document's graphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from loaders.actors import split_actors
from loaders.actors.levels import addressed_levels, level_of_name
from loaders.describe import iris
from loaders.describe.bodies import bare_body, is_ministry, names_a_place, whole_name
from loaders.describe.listing import Names
from loaders.describe.nquads import Sheet, boolean, integer, iri, plain, text
from loaders.records import Actor, RoleMention
from loaders.words import words
from ontology.outside import ORG, PROV, SKOS
from ontology.terms import ZM, concept

SHORTCUT = {
    "lead": ZM.ledBy,
    "responsible": ZM.responsible,
    "supporting": ZM.supportedBy,
    "joint": ZM.jointWith,
    "addressee": ZM.addressedTo,
    "publishing": ZM.responsible,
}


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose departments a document speaks of. ``addressed`` is True where a row binds a class of authorities, not one.

    ``home`` is the issuer or, where none is stated, the title: what tells the place of 市财政局.
    """

    slug: str
    authority: str
    names: Names
    home: str = ""
    addressed: bool = False


def authority_node(reference: Sheet, name: str, names: Names, level: str | None = None) -> str:
    """Describe an authority and return its IRI; its level is what its name tells, else ``level``."""
    node = iris.authority(names.slug(name))
    known = level_of_name(name) or level
    reference.a(node, ZM.Authority, ZM.Actor)
    reference.add(node, SKOS.prefLabel, text(name), *_english(name, names))
    if known:
        reference.add(node, ZM.level, iri(concept("level", known)))
    return node


def _english(name: str, names: Names) -> list[str]:
    return [text(names.english[name], "en")] if name in names.english else []


def actor_node(reference: Sheet, actor: Actor, scope: Scope) -> str:
    """Describe one actor in its scope and return its IRI.

    A department belongs to the document's issuer (rule department-of-issuer); a generic actor, and every name in a row that binds a
    class of authorities (各级税务机关), belongs to the document; a body of the place (市财政局) is an authority, see ``_body``,
    and so is a ministry in a document of the State Council.
    """
    name = actor.name
    canonical, kind = scope.names.variants.get((scope.authority, name), (name, "prefLabel"))
    known = actor if canonical == name else retyped(canonical, actor)
    part = bool(scope.authority) and canonical.startswith(scope.authority)
    if known.kind != "generic" and not scope.addressed and not part and (bare_body(canonical) or names_a_place(canonical)):
        return _body(reference, canonical, name, scope)
    if known.kind == "generic" or scope.addressed or not scope.authority:
        return _generic(reference, known, name, kind, scope)
    if is_ministry(canonical, scope.authority):
        return authority_node(reference, canonical, scope.names, "national")
    authority = iris.authority(scope.names.slug(scope.authority))
    node = iris.department(scope.names.slug(scope.authority), scope.names.slug_within(canonical, level_of_name(scope.authority)))
    reference.a(node, ZM.Department, ZM.Actor)
    reference.add(node, ORG.unitOf, iri(authority))
    reference.add(node, SKOS.prefLabel, text(canonical), *_english(canonical, scope.names))
    if kind != "prefLabel":
        reference.add(node, SKOS.hiddenLabel if kind == "hiddenLabel" else SKOS.altLabel, text(name))
    _function(reference, node, canonical)
    return node


def _body(reference: Sheet, canonical: str, written: str, scope: Scope) -> str:
    """Describe a body named by its place, bare or not: with the document's own place, else as one of this document alone.

    A name somebody reviewed (slugs.tsv) means one body everywhere.
    """
    level = level_of_name(canonical, scope.home or None)
    if canonical in scope.names.slugs:
        return authority_node(reference, canonical, scope.names, level)
    whole = whole_name(canonical, scope.home)
    if whole is None:
        alone = Names({canonical: scope.names.slug(f"{scope.slug} {canonical}")}, scope.names.english)
        return authority_node(reference, canonical, alone, level)
    node = authority_node(reference, whole, scope.names, level)
    for label in sorted({canonical, written} - {whole}):
        reference.add(node, SKOS.altLabel, text(label))
    return node


def _generic(reference: Sheet, actor: Actor, written: str, kind: str, scope: Scope) -> str:
    canonical, levels = actor.name, addressed_levels(actor.name)
    is_class = actor.generic_kind == "authority-class" or (actor.kind == "named" and bool(levels))
    node = iris.generic_actor(scope.slug, scope.names.slug(canonical))
    reference.a(node, ZM.GenericActor, ZM.Actor)
    reference.add(node, ZM.actorKind, iri(concept("actor-kind", "authority-class" if is_class else actor.generic_kind or "functional")))
    reference.add(node, SKOS.prefLabel, text(canonical), *_english(canonical, scope.names))
    if kind != "prefLabel":
        reference.add(node, SKOS.hiddenLabel if kind == "hiddenLabel" else SKOS.altLabel, text(written))
    if scope.authority:
        reference.add(node, ZM.withinAuthority, iri(iris.authority(scope.names.slug(scope.authority))))
    for level in levels if is_class else ():
        reference.add(node, ZM.coversLevel, iri(concept("level", level)))
    _function(reference, node, canonical)
    return node


def _function(reference: Sheet, node: str, name: str) -> None:
    function = function_of(name)
    if function:
        reference.add(node, ZM.hasFunction, iri(concept("function", function)))


@cache
def function_of(name: str) -> str | None:
    """Return what a department does, from its name without its rank; None when the word list does not say.

    >>> [function_of(n) for n in ("政策法规司", "政策法规处", "法制部门", "办公厅", "货物和劳务税处", "一分局")]
    ['legal', 'legal', 'legal', 'general-office', 'goods-services-tax', None]
    """
    rules = words("functions")
    stems = {name} | {name[: -len(rank)] for rank in rules["ranks"] if name.endswith(rank)}
    return next((str(code) for code, listed in rules["stems"].items() if stems & set(listed)), None)


def participations(
    sheet: Sheet,
    reference: Sheet,
    of: str,
    mentions: Sequence[RoleMention],
    scope: Scope,
    source: str,
    *,
    inferred: bool = False,
    shortcuts: bool = True,
) -> list[str]:
    """Describe who takes part in a task or clause; return the participations' IRIs. ``source`` is the cell or span they stand in.

    An actor with 或 becomes one participation for each name, all in one alternative group; 等… marks the list as open.
    """
    counts: dict[str, int] = {}
    made: list[str] = []
    for order, mention in enumerate(mentions, 1):
        actors = [Actor(name, mention.actor.kind, mention.actor.generic_kind) for name in mention.actor.alternatives] or [mention.actor]
        for actor in actors:
            counts[mention.role] = counts.get(mention.role, 0) + 1
            node = f"{of}/role/{mention.role}/{counts[mention.role]}"
            who = actor_node(reference, retyped(actor.name, actor) if mention.actor.alternatives else actor, scope)
            sheet.a(node, ZM.Participation)
            sheet.add(node, ZM.participatesIn, iri(of))
            sheet.add(node, ZM.hasRole, iri(concept("role", mention.role)))
            sheet.add(node, ZM.participant, iri(who))
            sheet.add(node, ZM.rawText, text(mention.actor.name))
            sheet.add(node, ZM.order, integer(order))
            sheet.add(node, PROV.wasDerivedFrom, iri(source))
            if mention.actor.alternatives:
                sheet.add(node, ZM.alternativeGroup, plain(f"{mention.role}-{order}"))
            if actor.name.startswith("等"):
                sheet.add(node, ZM.openEnded, boolean(True))
            if shortcuts:
                sheet.add(of, SHORTCUT[mention.role], iri(who))
            made.append(node)
    return made


def retyped(name: str, actor: Actor) -> Actor:
    """Return a name as the actor it is when it stands alone (a name of an alternative, the right form of a variant)."""
    alone = split_actors(name)
    return alone[0] if len(alone) == 1 and not alone[0].alternatives else Actor(name, actor.kind, actor.generic_kind)
