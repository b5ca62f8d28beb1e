# V11: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: V11-alignsTask
INSERT DATA { <alignment/low.2--up.1.1.s2> zm:alignsTask <doc/low/task/1> }

#: V11-alignsProvision
DELETE WHERE { <alignment/low.2--up.1.1.s2> zm:alignsProvision ?o } ;
INSERT DATA { <alignment/low.2--up.1.1.s2> zm:alignsProvision <doc/low> }

#: V11-relationType
INSERT DATA { <alignment/low.2--up.1.1.s2> zm:relationType relation:verbatim }

#: V11-structure
INSERT DATA { <alignment/low.2--up.1.1.s2> zm:structure relation:verbatim }

#: V11-coverage
INSERT DATA { <alignment/low.2--up.1.1.s2> zm:coverage relation:verbatim }

#: V11-status
INSERT DATA { <alignment/low.2--up.1.1.s2> zm:status status:rejected }

#: V11-decidedBy
DELETE WHERE { <alignment/low.2--up.1.1.s2> zm:decidedBy ?o } ;
INSERT DATA { <alignment/low.2--up.1.1.s2> zm:decidedBy status:accepted }

#: V11-taskEvidence
INSERT DATA { <alignment/low.2--up.1.1.s2> zm:taskEvidence <source/low/bbbbbbbb/text> }

#: V11-provisionEvidence
INSERT DATA { <alignment/low.2--up.1.1.s2> zm:provisionEvidence <source/up/aaaaaaaa/text> }

#: V11-evidence
DELETE WHERE { <alignment/low.2--up.1.1.s2> zm:provisionEvidence ?o }

#: V11-justification
DELETE WHERE { <alignment/low.2--up.1.1.s2> sssom:mapping_justification ?o } ;
INSERT DATA { <alignment/low.2--up.1.1.s2> sssom:mapping_justification "lexical" }

#: V11-score
INSERT DATA { <alignment/low.2--up.1.1.s2> sssom:similarity_score 1.5 }

#: V11-confidence
INSERT DATA { <alignment/low.2--up.1.1.s2> sssom:confidence 1.1 }

#: V11-gap-about
DELETE WHERE { <gap/up.1.1.s2--low> zm:about ?o } ;
INSERT DATA { <gap/up.1.1.s2--low> zm:about <doc/low> }

#: V11-gap-lower
DELETE WHERE { <gap/up.1.1.s2--low> zm:lowerDocument ?o }

#: V11-gap-reason
DELETE WHERE { <gap/up.1.1.s2--low> zm:gapReason ?o } ;
INSERT DATA { <gap/up.1.1.s2--low> zm:gapReason status:accepted }

#: V11-pair-lower
DELETE WHERE { <pair/low--up> zm:lowerDocument ?o }

#: V11-pair-upper
DELETE WHERE { <pair/low--up> zm:upperDocument ?o }

#: V11-pair-verdict
DELETE WHERE { <pair/low--up> zm:verdict ?o } ;
INSERT DATA { <pair/low--up> zm:verdict verdict:maybe }
