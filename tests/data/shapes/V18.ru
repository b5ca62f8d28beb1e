# V18: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: V18-chain-from
DELETE WHERE { <chain/low.1--mid--up.1.1.s1/1> zm:chainFrom ?o }

#: V18-chain-to
DELETE WHERE { <chain/low.1--mid--up.1.1.s1/1> zm:chainTo ?o }

#: V18-chain-links
INSERT DATA { <chain/low.1--mid--up.1.1.s1/1> zm:hasLink <doc/up> }

#: V18-chain-weakest
INSERT DATA { <chain/low.1--mid--up.1.1.s1/1> zm:weakestConfidence 1.5 }

#: V18-chain-count
INSERT DATA { <chain/low.1--mid--up.1.1.s1/1> zm:linkCount 1 }

#: V18-chain-people
INSERT DATA { <chain/low.1--mid--up.1.1.s1/1> zm:linksByPeople -1 }

#: V18-chain-proposed
INSERT DATA { <chain/low.1--mid--up.1.1.s1/1> zm:linksProposed -1 }

#: V18-chain-replaces
INSERT DATA { <chain/low.1--mid--up.1.1.s1/1> zm:replacesLink <doc/up> }

#: V18-weakest
DELETE WHERE { <chain/low.1--mid--up.1.1.s1/1> zm:weakestConfidence ?o } ;
INSERT DATA { <chain/low.1--mid--up.1.1.s1/1> zm:weakestConfidence 0.95 }
