# W08: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: W08-department
DELETE WHERE { <doc/low/task/1/role/addressee/1> zm:participant ?o } ;
INSERT DATA { <doc/low/task/1/role/addressee/1> zm:participant <org/gz/dept/service> } ;
DELETE WHERE { <doc/low/task/1> zm:addressedTo ?o } ;
INSERT DATA { <doc/low/task/1> zm:addressedTo <org/gz/dept/service> }

#: W08-kind
DELETE WHERE { <actor/low/all> zm:actorKind ?o } ;
INSERT DATA { <actor/low/all> zm:actorKind actorkind:functional }
