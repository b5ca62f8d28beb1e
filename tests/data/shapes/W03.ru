# W03: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: W03-before
DELETE WHERE { <doc/low/task/2/deadline/1> zm:dueDate ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:dueDate "2016-12-31"^^xsd:date }
