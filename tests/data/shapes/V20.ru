# V20: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: V20-sharing-by
DELETE WHERE { <sharing/low--up> zm:sharedBy ?o }

#: V20-sharing-upper
INSERT DATA { <sharing/low--up> zm:upperDocument <pair/low--up> }

#: V20-sharing-earlier
INSERT DATA { <sharing/low--up> zm:earlierDocument <pair/low--up> }

#: V20-sharing-shared
INSERT DATA { <sharing/low--up> zm:sharedCount 0 }

#: V20-sharing-from-upper
INSERT DATA { <sharing/low--up> zm:fromUpperCount 0 }

#: V20-sharing-altered-alike
INSERT DATA { <sharing/low--up> zm:alteredAlikeCount 0 }

#: V20-sharing-only-these
INSERT DATA { <sharing/low--up> zm:onlyTheseCount "many" }

#: V20-passage-of
DELETE WHERE { ?o zm:hasPassage <sharing/low--up/passage/1> }

#: V20-passage-origin
DELETE WHERE { <sharing/low--up/passage/1> zm:origin ?o }

#: V20-passage-quote
DELETE WHERE { <sharing/low--up/passage/1> zm:quote ?o }

#: V20-passage-evidence
DELETE WHERE { <sharing/low--up/passage/1> zm:evidence ?o }
