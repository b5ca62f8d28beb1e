# V02: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: V02-participatesIn
INSERT DATA { <doc/up/clause/1.1/role/lead/1> zm:participatesIn <doc/up/section/1> }

#: V02-hasRole
DELETE WHERE { <doc/up/clause/1.1/role/lead/1> zm:hasRole ?o } ;
INSERT DATA { <doc/up/clause/1.1/role/lead/1> zm:hasRole role:boss }

#: V02-participant
INSERT DATA { <doc/up/clause/1.1/role/lead/1> zm:participant <org/gz> }

#: V02-order
DELETE WHERE { <doc/up/clause/1.1/role/lead/1> zm:order ?o } ;
INSERT DATA { <doc/up/clause/1.1/role/lead/1> zm:order 0 }
