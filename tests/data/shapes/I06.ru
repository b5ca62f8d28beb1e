# I06: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: I06-frequency
DELETE WHERE { <doc/low/task/2/deadline/1> zm:kind ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:kind kind:ongoing } ;
DELETE WHERE { <doc/low/task/2/deadline/1> zm:dueDate ?o }

#: I06-once
DELETE WHERE { <doc/low/task/2/deadline/1> zm:dueDate ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:dueDate "2018-09-30"^^xsd:date }
