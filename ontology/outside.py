"""The terms of other vocabularies that the graph uses, as plain strings."""

from __future__ import annotations


class RDF:
    """RDF itself."""

    NS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    type = NS + "type"
    Property = NS + "Property"


class RDFS:
    """RDF Schema."""

    NS = "http://www.w3.org/2000/01/rdf-schema#"
    label = NS + "label"
    comment = NS + "comment"
    seeAlso = NS + "seeAlso"
    isDefinedBy = NS + "isDefinedBy"
    subClassOf = NS + "subClassOf"
    subPropertyOf = NS + "subPropertyOf"


class OWL:
    """OWL; the annotated triple of an actor mapping as SSSOM writes it."""

    NS = "http://www.w3.org/2002/07/owl#"
    Ontology = NS + "Ontology"
    Class = NS + "Class"
    ObjectProperty = NS + "ObjectProperty"
    DatatypeProperty = NS + "DatatypeProperty"
    AnnotationProperty = NS + "AnnotationProperty"
    annotatedSource = NS + "annotatedSource"
    annotatedProperty = NS + "annotatedProperty"
    annotatedTarget = NS + "annotatedTarget"
    versionInfo = NS + "versionInfo"


class SKOS:
    """Labels and concepts."""

    NS = "http://www.w3.org/2004/02/skos/core#"
    Concept = NS + "Concept"
    ConceptScheme = NS + "ConceptScheme"
    prefLabel = NS + "prefLabel"
    altLabel = NS + "altLabel"
    hiddenLabel = NS + "hiddenLabel"
    definition = NS + "definition"
    notation = NS + "notation"
    scopeNote = NS + "scopeNote"
    note = NS + "note"
    example = NS + "example"
    inScheme = NS + "inScheme"
    topConceptOf = NS + "topConceptOf"
    broader = NS + "broader"
    closeMatch = NS + "closeMatch"


class DCT:
    """Dublin Core terms."""

    NS = "http://purl.org/dc/terms/"
    title = NS + "title"
    description = NS + "description"
    license = NS + "license"
    issued = NS + "issued"
    isPartOf = NS + "isPartOf"
    hasPart = NS + "hasPart"
    source = NS + "source"
    identifier = NS + "identifier"
    language = NS + "language"


class DCAT:
    """Catalogues."""

    NS = "http://www.w3.org/ns/dcat#"
    Dataset = NS + "Dataset"
    Distribution = NS + "Distribution"
    mediaType = NS + "mediaType"
    distribution = NS + "distribution"


class ELI:
    """European Legislation Identifier; terms are reused, no ELI conformance is claimed."""

    NS = "http://data.europa.eu/eli/ontology#"
    LegalResource = NS + "LegalResource"
    LegalResourceSubdivision = NS + "LegalResourceSubdivision"
    number = NS + "number"
    date_document = NS + "date_document"
    date_publication = NS + "date_publication"
    first_date_entry_in_force = NS + "first_date_entry_in_force"
    passed_by = NS + "passed_by"
    cites = NS + "cites"
    based_on = NS + "based_on"
    ensures_implementation_of = NS + "ensures_implementation_of"
    is_part_of = NS + "is_part_of"


class ORG:
    """Organisations."""

    NS = "http://www.w3.org/ns/org#"
    Organization = NS + "Organization"
    FormalOrganization = NS + "FormalOrganization"
    OrganizationalUnit = NS + "OrganizationalUnit"
    unitOf = NS + "unitOf"
    ChangeEvent = NS + "ChangeEvent"


class PROV:
    """Provenance."""

    NS = "http://www.w3.org/ns/prov#"
    Entity = NS + "Entity"
    Activity = NS + "Activity"
    Plan = NS + "Plan"
    wasDerivedFrom = NS + "wasDerivedFrom"
    wasQuotedFrom = NS + "wasQuotedFrom"
    wasGeneratedBy = NS + "wasGeneratedBy"
    used = NS + "used"


class OA:
    """Web Annotation: a quoted span and its selectors; offsets count code points."""

    NS = "http://www.w3.org/ns/oa#"
    SpecificResource = NS + "SpecificResource"
    TextPositionSelector = NS + "TextPositionSelector"
    TextQuoteSelector = NS + "TextQuoteSelector"
    hasSource = NS + "hasSource"
    hasSelector = NS + "hasSelector"
    start = NS + "start"
    end = NS + "end"
    exact = NS + "exact"
    prefix = NS + "prefix"
    suffix = NS + "suffix"


class TIME:
    """OWL-Time, as values only: durations and units."""

    NS = "http://www.w3.org/2006/time#"
    Duration = NS + "Duration"
    TemporalUnit = NS + "TemporalUnit"
    numericDuration = NS + "numericDuration"
    unitType = NS + "unitType"
    unitMinute = NS + "unitMinute"
    unitHour = NS + "unitHour"
    unitDay = NS + "unitDay"
    unitWeek = NS + "unitWeek"
    unitMonth = NS + "unitMonth"
    unitYear = NS + "unitYear"


class SSSOM:
    """Simple Standard for Sharing Ontological Mappings."""

    NS = "https://w3id.org/sssom/"
    Mapping = NS + "Mapping"
    MappingSet = NS + "MappingSet"
    NoTermFound = NS + "NoTermFound"
    mapping_justification = NS + "mapping_justification"
    similarity_score = NS + "similarity_score"
    similarity_measure = NS + "similarity_measure"
    confidence = NS + "confidence"
    mapping_tool = NS + "mapping_tool"
    reviewer_id = NS + "reviewer_id"
    review_date = NS + "review_date"
    reviewer_agreement = NS + "reviewer_agreement"


class SEMAPV:
    """Mapping justifications."""

    NS = "https://w3id.org/semapv/vocab/"
    LexicalMatching = NS + "LexicalMatching"
    LexicalSimilarityThresholdMatching = NS + "LexicalSimilarityThresholdMatching"
    CompositeMatching = NS + "CompositeMatching"
    ManualMappingCuration = NS + "ManualMappingCuration"
    MappingReview = NS + "MappingReview"
    RegexReplacement = NS + "RegexReplacement"


class XSD:
    """Datatypes."""

    NS = "http://www.w3.org/2001/XMLSchema#"
    string = NS + "string"
    boolean = NS + "boolean"
    integer = NS + "integer"
    decimal = NS + "decimal"
    double = NS + "double"
    date = NS + "date"
    dateTime = NS + "dateTime"
    gYear = NS + "gYear"
    gYearMonth = NS + "gYearMonth"
    duration = NS + "duration"
    anyURI = NS + "anyURI"


PREFIXES = {
    "zm": "https://w3id.org/zhengmai/ns#",
    "dcat": DCAT.NS,
    "dct": DCT.NS,
    "eli": ELI.NS,
    "oa": OA.NS,
    "org": ORG.NS,
    "prov": PROV.NS,
    "semapv": SEMAPV.NS,
    "skos": SKOS.NS,
    "sssom": SSSOM.NS,
    "time": TIME.NS,
    "xsd": XSD.NS,
}
