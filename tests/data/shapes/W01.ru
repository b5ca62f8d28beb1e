# W01: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: W01-deadline
DELETE DATA { <doc/low/task/2> zm:hasDeadline <doc/low/task/2/deadline/1> }

#: W01-lead
DELETE WHERE { <doc/low/task/2> zm:ledBy ?o } ;
DELETE WHERE { <doc/low/task/2/role/lead/1> ?p ?o }

#: W01-responsible
DELETE WHERE { <doc/low/task/2> zm:responsible ?o } ;
DELETE WHERE { <doc/low/task/2/role/responsible/1> ?p ?o }
