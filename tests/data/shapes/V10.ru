# V10: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: V10-implements
INSERT DATA { <doc/low/task/2> zm:implements <doc/up/sentence/1.1.s2> }

#: V10-alignment
DELETE WHERE { <alignment/low.2--up.1.1.s2> zm:status ?o } ;
INSERT DATA { <alignment/low.2--up.1.1.s2> zm:status status:accepted }
