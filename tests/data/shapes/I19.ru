# I19: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: I19-heading-only
DELETE WHERE { <alignment/low.1--up.1.1.s1> zm:status ?o } ;
INSERT DATA { <alignment/low.1--up.1.1.s1> zm:status status:proposed } ;
DELETE WHERE { <alignment/low.1--up.1.1.s1> zm:alignsProvision ?o } ;
INSERT DATA { <alignment/low.1--up.1.1.s1> zm:alignsProvision <doc/up/clause/1.1> } ;
DELETE WHERE { <doc/low/task/1> zm:implements ?o }
