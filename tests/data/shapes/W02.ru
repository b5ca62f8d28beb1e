# W02: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: W02-gap
DELETE WHERE { <doc/low/task/2> zm:number ?o } ;
INSERT DATA { <doc/low/task/2> zm:number "4" }
