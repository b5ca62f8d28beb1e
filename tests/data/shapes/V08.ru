# V08: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: V08-level
DELETE WHERE { <org/gz> zm:level ?o } ;
INSERT DATA { <org/gz> zm:level status:accepted }

#: V08-zh-label
DELETE WHERE { <org/gz/dept/legal> skos:prefLabel ?o }

#: V08-label-once
INSERT DATA { <org/gz> skos:prefLabel "Guangzhou Bureau"@en }

#: V08-unitOf
DELETE WHERE { <org/gz/dept/legal> org:unitOf ?o }

#: V08-actorKind
DELETE WHERE { <actor/low/relevant> zm:actorKind ?o } ;
INSERT DATA { <actor/low/relevant> zm:actorKind actorkind:other }

#: V08-withinAuthority
DELETE WHERE { <actor/low/relevant> zm:withinAuthority ?o } ;
INSERT DATA { <actor/low/relevant> zm:withinAuthority <org/gz/dept/legal> }

#: V08-coversLevel
INSERT DATA { <actor/low/relevant> zm:coversLevel status:accepted }
