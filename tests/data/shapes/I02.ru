# I02: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: I02-lead
DELETE WHERE { <doc/low/task/2> zm:ledBy ?o } ;
INSERT DATA { <doc/low/task/2> zm:ledBy <org/gz/dept/legal> } ;
DELETE WHERE { <doc/low/task/2/role/lead/1> zm:participant ?o } ;
INSERT DATA { <doc/low/task/2/role/lead/1> zm:participant <org/gz/dept/legal> }
