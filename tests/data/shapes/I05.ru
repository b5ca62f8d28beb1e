# I05: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: I05-levels
DELETE WHERE { <doc/low/task/1/deadline/1/part/2> zm:recursInMonth ?o } ;
INSERT DATA { <doc/low/task/1/deadline/1/part/2> zm:recursInMonth 7 }
