# W07: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: W07-variant
DELETE WHERE { <org/gz/dept/service> skos:prefLabel ?o } ;
INSERT DATA { <org/gz/dept/service> skos:prefLabel "政策和法规处"@zh }
