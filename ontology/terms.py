"""IRIs as plain strings, for code that writes or reads many of them; nothing here needs an RDF library.

``ZM`` is our vocabulary, ``SCHEMES`` the codes of every concept scheme; the outside terms of ontology/outside.py are handed on.
The Turtle beside this file is the definition; tests/test_ontology_terms.py holds the two equal both ways.

    >>> ZM.implements
    'https://w3id.org/zhengmai/ns#implements'
    >>> concept("level", "city")
    'https://w3id.org/zhengmai/scheme/level/city'
"""

from __future__ import annotations

from ontology.outside import DCAT, DCT, ELI, OA, ORG, OWL, PROV, RDF, RDFS, SEMAPV, SKOS, SSSOM, TIME, XSD
from zhengmai.settings import BASE_IRI

__all__ = [
    "DCAT",
    "DCT",
    "ELI",
    "OA",
    "ONTOLOGY_IRI",
    "ORG",
    "OWL",
    "PROV",
    "RDF",
    "RDFS",
    "RULE_SCHEME",
    "SCHEMES",
    "SCHEME_BASE",
    "SEMAPV",
    "SKOS",
    "SSSOM",
    "TIME",
    "XSD",
    "ZM",
    "concept",
    "rule",
]

ONTOLOGY_IRI = BASE_IRI + "ns"
SCHEME_BASE = BASE_IRI + "scheme/"
RULE_SCHEME = BASE_IRI + "rule"


def concept(scheme: str, code: str) -> str:
    """Return the IRI of a concept.

    :raises KeyError: when the scheme has no such code, or there is no such scheme.
    """
    return _CONCEPTS[scheme, code]


def rule(code: str) -> str:
    """Return the IRI of a rule, for ``zm:appliedRule``.

    :raises KeyError: when there is no such rule.
    """
    return _CONCEPTS["rule", code]


class ZM:
    """Our vocabulary, in the order of zhengmai.ttl."""

    NS = ONTOLOGY_IRI + "#"

    # Actors 主体
    Actor = NS + "Actor"
    Authority = NS + "Authority"
    Department = NS + "Department"
    GenericActor = NS + "GenericActor"
    Role = NS + "Role"
    Participation = NS + "Participation"
    participatesIn = NS + "participatesIn"
    participant = NS + "participant"
    hasRole = NS + "hasRole"
    alternativeGroup = NS + "alternativeGroup"
    openEnded = NS + "openEnded"
    actorKind = NS + "actorKind"
    withinAuthority = NS + "withinAuthority"
    coversLevel = NS + "coversLevel"
    hasFunction = NS + "hasFunction"
    counterpartOf = NS + "counterpartOf"
    subordinateTo = NS + "subordinateTo"
    level = NS + "level"
    ActorMapping = NS + "ActorMapping"
    # Documents and their parts 文件与条文
    PolicyDocument = NS + "PolicyDocument"
    TaskTable = NS + "TaskTable"
    Provision = NS + "Provision"
    Section = NS + "Section"
    Clause = NS + "Clause"
    Item = NS + "Item"
    LeadIn = NS + "LeadIn"
    Sentence = NS + "Sentence"
    isPartOf = NS + "isPartOf"
    hasBasis = NS + "hasBasis"
    carriesOut = NS + "carriesOut"
    basedOn = NS + "basedOn"
    concludedBasis = NS + "concludedBasis"
    mentionsDocument = NS + "mentionsDocument"
    corpusStatus = NS + "corpusStatus"
    basisStatus = NS + "basisStatus"
    access = NS + "access"
    source = NS + "source"
    dateUnknown = NS + "dateUnknown"
    notation = NS + "notation"
    heading = NS + "heading"
    order = NS + "order"
    text = NS + "text"
    rawText = NS + "rawText"
    responsibilityNote = NS + "responsibilityNote"
    addressedToLevel = NS + "addressedToLevel"
    # Tasks and measures 任务与举措
    TaskGroup = NS + "TaskGroup"
    Task = NS + "Task"
    Measure = NS + "Measure"
    taskOf = NS + "taskOf"
    inGroup = NS + "inGroup"
    hasMeasure = NS + "hasMeasure"
    hasPart = NS + "hasPart"
    headingMatches = NS + "headingMatches"
    number = NS + "number"
    groupLevel = NS + "groupLevel"
    involves = NS + "involves"
    ledBy = NS + "ledBy"
    responsible = NS + "responsible"
    supportedBy = NS + "supportedBy"
    jointWith = NS + "jointWith"
    addressedTo = NS + "addressedTo"
    # Time limits 时限
    Deadline = NS + "Deadline"
    TriggerEvent = NS + "TriggerEvent"
    FrequencyRequirement = NS + "FrequencyRequirement"
    hasDeadline = NS + "hasDeadline"
    hasFrequency = NS + "hasFrequency"
    kind = NS + "kind"
    dueDate = NS + "dueDate"
    precision = NS + "precision"
    startDate = NS + "startDate"
    startPeriod = NS + "startPeriod"
    recursEvery = NS + "recursEvery"
    recursInMonth = NS + "recursInMonth"
    recursOnDay = NS + "recursOnDay"
    offset = NS + "offset"
    monthOffset = NS + "monthOffset"
    dayOfMonth = NS + "dayOfMonth"
    triggerText = NS + "triggerText"
    trigger = NS + "trigger"
    boundary = NS + "boundary"
    appliesToLevel = NS + "appliesToLevel"
    outcomeText = NS + "outcomeText"
    thenOngoing = NS + "thenOngoing"
    referenceText = NS + "referenceText"
    atLeast = NS + "atLeast"
    shareText = NS + "shareText"
    # Lineage 承接关系
    Alignment = NS + "Alignment"
    Change = NS + "Change"
    CoverageGap = NS + "CoverageGap"
    DocumentPair = NS + "DocumentPair"
    implements = NS + "implements"
    contributesTo = NS + "contributesTo"
    tracesTo = NS + "tracesTo"
    alignsTask = NS + "alignsTask"
    alignsProvision = NS + "alignsProvision"
    relationType = NS + "relationType"
    structure = NS + "structure"
    coverage = NS + "coverage"
    status = NS + "status"
    decidedBy = NS + "decidedBy"
    reopened = NS + "reopened"
    codebookVersion = NS + "codebookVersion"
    features = NS + "features"
    hasChange = NS + "hasChange"
    changeKind = NS + "changeKind"
    changeSubject = NS + "changeSubject"
    direction = NS + "direction"
    upperDocument = NS + "upperDocument"
    lowerDocument = NS + "lowerDocument"
    verdict = NS + "verdict"
    reason = NS + "reason"
    skipsLevel = NS + "skipsLevel"
    missingLevel = NS + "missingLevel"
    gapReason = NS + "gapReason"
    searched = NS + "searched"
    nearestTask = NS + "nearestTask"
    nearestConfidence = NS + "nearestConfidence"
    # Coverage 承接情况
    CoverageMix = NS + "CoverageMix"
    ofPair = NS + "ofPair"
    countedIn = NS + "countedIn"
    unitCount = NS + "unitCount"
    acceptedCount = NS + "acceptedCount"
    proposedCount = NS + "proposedCount"
    noneFoundCount = NS + "noneFoundCount"
    otherLevelCount = NS + "otherLevelCount"
    levelUnclearCount = NS + "levelUnclearCount"
    judgedCount = NS + "judgedCount"
    wholeCount = NS + "wholeCount"
    partCount = NS + "partCount"
    Remainder = NS + "Remainder"
    carriedShare = NS + "carriedShare"
    BasisGap = NS + "BasisGap"
    basisGapReason = NS + "basisGapReason"
    nearestProvision = NS + "nearestProvision"
    machineVerdict = NS + "machineVerdict"
    # Divergence and chains 差异与承接链
    Divergence = NS + "Divergence"
    divergenceOf = NS + "divergenceOf"
    aspect = NS + "aspect"
    difference = NS + "difference"
    leadMatch = NS + "leadMatch"
    upperQuote = NS + "upperQuote"
    lowerQuote = NS + "lowerQuote"
    upperEvidence = NS + "upperEvidence"
    lowerEvidence = NS + "lowerEvidence"
    upperDeadline = NS + "upperDeadline"
    lowerDeadline = NS + "lowerDeadline"
    upperParticipation = NS + "upperParticipation"
    lowerParticipation = NS + "lowerParticipation"
    lexiconVersion = NS + "lexiconVersion"
    sharesTextWith = NS + "sharesTextWith"
    LineageChain = NS + "LineageChain"
    chainFrom = NS + "chainFrom"
    chainTo = NS + "chainTo"
    hasLink = NS + "hasLink"
    weakestConfidence = NS + "weakestConfidence"
    linkCount = NS + "linkCount"
    linksByPeople = NS + "linksByPeople"
    linksProposed = NS + "linksProposed"
    replacesLink = NS + "replacesLink"
    throughDocument = NS + "throughDocument"
    restoredBecause = NS + "restoredBecause"
    # Shared text 共有文字
    TextSharing = NS + "TextSharing"
    sharedBy = NS + "sharedBy"
    earlierDocument = NS + "earlierDocument"
    sharedCount = NS + "sharedCount"
    fromUpperCount = NS + "fromUpperCount"
    alteredAlikeCount = NS + "alteredAlikeCount"
    onlyTheseCount = NS + "onlyTheseCount"
    SharedPassage = NS + "SharedPassage"
    hasPassage = NS + "hasPassage"
    origin = NS + "origin"
    # Evidence, sources, inference and findings 引文、来源、推断与核查
    evidence = NS + "evidence"
    taskEvidence = NS + "taskEvidence"
    provisionEvidence = NS + "provisionEvidence"
    SourceFile = NS + "SourceFile"
    NormalisedText = NS + "NormalisedText"
    SourceRow = NS + "SourceRow"
    SourceCell = NS + "SourceCell"
    sha256 = NS + "sha256"
    characterCount = NS + "characterCount"
    fileName = NS + "fileName"
    indexNumber = NS + "indexNumber"
    validityStatement = NS + "validityStatement"
    disclosureStatement = NS + "disclosureStatement"
    mediaFormat = NS + "mediaFormat"
    columnIndex = NS + "columnIndex"
    start = NS + "start"
    end = NS + "end"
    Inference = NS + "Inference"
    NormalisationRule = NS + "NormalisationRule"
    about = NS + "about"
    inferredProperty = NS + "inferredProperty"
    inferredValue = NS + "inferredValue"
    appliedRule = NS + "appliedRule"
    confidence = NS + "confidence"
    enabledByDefault = NS + "enabledByDefault"
    Finding = NS + "Finding"
    findingType = NS + "findingType"
    severity = NS + "severity"
    message = NS + "message"
    quote = NS + "quote"
    masked = NS + "masked"
    placeText = NS + "placeText"
    # A unit of time
    unitWorkingDay = NS + "unitWorkingDay"


SCHEMES: dict[str, tuple[str, ...]] = {
    "access": ("public", "internal"),
    "actor-kind": ("functional", "contextual", "residual", "universal", "authority-class", "to-be-determined"),
    "aspect": ("deadline", "frequency", "lead", "duty-word", "quantity", "exception", "scope", "duty", "addressee", "wording"),
    "basis-status": ("basisHeld", "basisNotHeld", "basisUnclear"),
    "basis-gap": ("no-basis-in-upper", "below-threshold"),
    "boundary": ("notLaterThan",),
    "change-kind": ("dropped", "added", "replaced"),
    "change-subject": (
        "actor",
        "object",
        "channel",
        "method",
        "quantity",
        "deadline",
        "exception",
        "duty-word",
        "scope",
        "purpose",
        "other",
    ),
    "corpus-status": ("held", "citedOnly", "mentionedOnly"),
    "counted-unit": ("sentence", "task"),
    "coverage": ("wholeSentence", "partOfSentence"),
    "deadline-kind": (
        "ongoing",
        "fixed-date",
        "end-of-period",
        "recurring-annual",
        "recurring",
        "relative-duration",
        "relative-calendar",
        "duration-without-trigger",
        "milestone-then-ongoing",
        "start-then-ongoing",
        "event-start-then-ongoing",
        "by-reference",
        "discretionary",
        "composite",
        "not-a-deadline",
    ),
    "decided-by": ("rule", "person", "two-persons", "adjudicated"),
    "difference": (
        "same",
        "earlier",
        "later",
        "new",
        "gone",
        "higher",
        "lower",
        "wider",
        "narrower",
        "exception-dropped",
        "exception-added",
        "stronger",
        "weaker",
        "taken-on",
        "replaced",
        "not-comparable",
    ),
    "direction": ("tighter", "looser", "replaced", "neutral", "unclear"),
    "finding-type": (
        "noise-run",
        "suspected-injected-text",
        "typo-suspected",
        "name-variant",
        "name-form",
        "lead-by-rule",
        "unnumbered-row",
        "number-gap",
        "number-repeated",
        "stray-label",
        "doubtful-merge",
        "trailing-blank",
        "stray-blank",
        "reader-remark",
        "missing-punctuation",
        "mixed-width-punctuation",
        "confusable-character",
        "unknown-actor",
        "deadline-unreadable",
        "year-missing",
        "missing-day-character",
        "type-mismatch",
        "no-known-structure",
        "metadata-contradiction",
        "encoding-mishap",
        "private-use-character",
        "invisible-character",
        "mixed-width-character",
        "repeated-mark",
        "unbalanced-mark",
        "repeated-word",
        "traditional-character",
        "personal-data",
        "correction-stale",
        "correction-unknown",
        "number-order",
        "deadline-differs",
        "deadline-wording",
        "deadline-with-task",
        "end-mark",
        "date-impossible",
        "date-far",
        "step-order",
        "duty-repeated",
        "sentence-repeated",
        "role-conflict",
        "several-leads",
        "lead-unnamed",
        "person-in-role",
        "note-missing",
        "note-unlike",
        "cell-blank",
        "cell-long",
        "column-blank",
        "column-uniform",
        "column-shift",
        "vertical-label",
        "label-repeated",
        "broken-cell",
        "table-note",
        "name-alike",
        "reference-nowhere",
        "attachment-alone",
        "redundant-words",
        "list-mark",
        "level-kept",
        "date-missing",
        "number-missing",
        "quantity-odd",
        "header-mismatch",
        "opening-mark",
        "actor-elsewhere",
        "label-astray",
        "unfinished-text",
        "heading-missing",
        "column-by-content",
        "date-order",
        "issuer-conflict",
        "heading-mismatch",
        "self-contradiction",
        "two-names",
    ),
    "function": (
        "legal",
        "general-office",
        "tax-admin",
        "taxpayer-service",
        "income-planning",
        "personnel",
        "finance",
        "large-enterprise",
        "inspection",
        "education",
        "income-tax",
        "property-tax",
        "goods-services-tax",
        "procurement",
        "supervision",
        "information",
        "publicity",
        "internal-audit",
        "revenue-source",
        "fiscal",
        "planning-reform",
        "civil-affairs",
        "justice",
        "public-security",
        "human-resources",
        "natural-resources",
        "ecology",
        "housing-construction",
        "transport",
        "water",
        "agriculture",
        "commerce",
        "culture-tourism",
        "health",
        "emergency",
        "audit",
        "state-assets",
        "market-regulation",
        "statistics",
        "sports",
        "medical-security",
        "science-technology",
        "industry",
        "ethnic-religious",
        "veterans",
        "petitions",
        "government-services",
        "urban-management",
        "forestry",
        "taxation",
        "financial-regulation",
        "organization",
        "united-front",
        "political-legal",
        "discipline",
        "cyberspace",
        "staffing",
        "women",
        "youth",
        "disabled",
        "trade-union",
        "foreign-affairs",
        "food-drug",
        "grain",
        "archives",
        "meteorology",
        "posts",
        "communications",
        "tobacco",
        "customs",
        "administrative-approval",
    ),
    "gap-reason": ("addressed-to-other-level", "none-found", "level-unclear", "omitted", "done-elsewhere", "not-applicable"),
    "lead-match": ("match", "shared", "mismatch", "upper-open", "lower-generic", "unclear"),
    "level": ("national", "provincial", "city", "county", "township", "all"),
    "origin": ("shared", "from-upper", "altered-alike", "only-these", "title"),
    "relation-type": ("verbatim", "adapted", "narrowed", "extended", "merged", "exceptionDropped"),
    "role": ("lead", "responsible", "supporting", "joint", "publishing", "addressee"),
    "rule": (
        "strip-noise-runs",
        "mask-personal-data",
        "stray-group-label",
        "join-broken-label",
        "merged-cell-down",
        "correction",
        "actor-split",
        "footnote-default-support",
        "end-of-year",
        "end-of-month",
        "end-of-period",
        "boundary-inclusive",
        "trigger-from-measure",
        "boundary-from-measure",
        "boundary-implied",
        "start-from-document",
        "year-from-same-cell",
        "month-from-document",
        "end-of-quarter",
        "end-of-half-year",
        "end-of-plan-period",
        "end-of-part",
        "short-year",
        "ditto-mark",
        "section-row",
        "ongoing-from-measure",
        "year-from-title",
        "year-from-number",
        "year-from-neighbours",
        "year-from-document",
        "missing-day-character",
        "statutory-trigger",
        "heading-key",
        "reviewer-link",
        "sentence-exact",
        "sentence-containment",
        "sentence-similarity",
        "addressee-level",
        "deadline-by-kind",
        "quantity-by-unit",
        "list-items",
        "opposite-words",
        "lead-by-function",
        "duty-word-lexicon",
        "change-weight",
        "addressee-taken-on",
        "authority-from-title",
        "department-of-issuer",
    ),
    "severity": ("violation", "warning", "info"),
    "status": ("accepted", "proposed", "rejected"),
    "structure": ("one-to-one", "split", "joined", "moved", "repeated"),
    "verdict": ("yes", "no", "unclear"),
}

_CONCEPTS: dict[tuple[str, str], str] = {
    (scheme, code): f"{RULE_SCHEME}/{code}" if scheme == "rule" else f"{SCHEME_BASE}{scheme}/{code}"
    for scheme, codes in SCHEMES.items()
    for code in codes
}
