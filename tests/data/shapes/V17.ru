# V17: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: V17-divergence-of
DELETE WHERE { <divergence/low.1--up.1.1.s1/deadline/1> zm:divergenceOf ?o }

#: V17-aspect
DELETE WHERE { <divergence/low.1--up.1.1.s1/deadline/1> zm:aspect ?o }

#: V17-difference
INSERT DATA { <divergence/low.1--up.1.1.s1/deadline/1> zm:difference difference:later }

#: V17-lead-match
INSERT DATA { <divergence/low.1--up.1.1.s1/deadline/1> zm:leadMatch difference:same }

#: V17-direction
DELETE WHERE { <divergence/low.1--up.1.1.s1/deadline/1> zm:direction ?o }

#: V17-reason
DELETE WHERE { <divergence/low.1--up.1.1.s1/deadline/1> zm:reason ?o }

#: V17-rule
DELETE WHERE { <divergence/low.1--up.1.1.s1/deadline/1> zm:appliedRule ?o }

#: V17-features
INSERT DATA { <divergence/low.1--up.1.1.s1/deadline/1> zm:features "{}" , "{ }" }

#: V17-change-of
DELETE WHERE { ?o zm:hasChange <alignment/low.1--up.1.1.s1/change/1> }

#: V17-change-kind
DELETE WHERE { <alignment/low.1--up.1.1.s1/change/1> zm:changeKind ?o }

#: V17-change-subject
DELETE WHERE { <alignment/low.1--up.1.1.s1/change/1> zm:changeSubject ?o }

#: V17-change-direction
DELETE WHERE { <alignment/low.1--up.1.1.s1/change/1> zm:direction ?o }

#: V17-change-upper
INSERT DATA { <alignment/low.1--up.1.1.s1/change/1> zm:upperQuote "各级机关"@zh , "各级单位"@zh }

#: V17-change-lower
INSERT DATA { <alignment/low.1--up.1.1.s1/change/1> zm:lowerQuote "另一段"@zh , "又一段"@zh }

#: V17-silent
DELETE WHERE { <alignment/low.1--up.1.1.s1/change/1> zm:upperQuote ?o }

#: V17-result
DELETE WHERE { <divergence/low.1--up.1.1.s1/deadline/1> zm:difference ?o }
