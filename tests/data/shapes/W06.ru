# W06: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: W06-orphan
DELETE WHERE { <alignment/low.2--up.1.1.s2> ?p ?o }
