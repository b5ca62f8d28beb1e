# W13: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: W13-issuer
DELETE WHERE { <doc/low> eli:passed_by ?o }
