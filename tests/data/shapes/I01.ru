# I01: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: I01-number
DELETE WHERE { <doc/low/task/2> zm:number ?o }
