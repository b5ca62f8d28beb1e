# V06: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: V06-corpusStatus
DELETE WHERE { <doc/up> zm:corpusStatus ?o } ;
INSERT DATA { <doc/up> zm:corpusStatus corpus:lost }

#: V06-date
DELETE WHERE { <doc/up> eli:date_document ?o } ;
INSERT DATA { <doc/up> eli:date_document "2017"^^xsd:gYear }

#: V06-level
DELETE WHERE { <doc/up> zm:level ?o } ;
INSERT DATA { <doc/up> zm:level status:accepted }

#: V06-basisStatus
INSERT DATA { <doc/up> zm:basisStatus status:accepted }

#: V06-based-on
INSERT DATA { <doc/up> zm:mentionsDocument <org/gz> }

#: V06-named
DELETE WHERE { <doc/cited/opinions> dct:title ?o } ;
DELETE WHERE { <doc/cited/opinions> eli:number ?o }

#: V06-held-title
DELETE WHERE { <doc/up> dct:title ?o } ;
INSERT DATA { <doc/up> eli:number "税总发〔2017〕0号" }

#: V06-held-date
DELETE WHERE { <doc/low> zm:dateUnknown ?o }

#: V06-held-source
DELETE WHERE { <doc/low> zm:source ?o }

#: V06-source-class
DELETE WHERE { <doc/low> zm:source ?o } ;
INSERT DATA { <doc/low> zm:source <org/gz> }

#: V06-cited-evidence
DELETE WHERE { <doc/cited/opinions> zm:evidence ?o }

#: V06-cited-empty
INSERT DATA { <doc/up/section/9> a zm:Section ; zm:isPartOf <doc/cited/opinions> ; zm:notation "9" ; zm:order 9 ; zm:evidence <source/up/aaaaaaaa/text/span/1-2> }
