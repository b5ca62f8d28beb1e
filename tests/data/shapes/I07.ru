# I07: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: I07-en-label
DELETE WHERE { <org/gz> skos:prefLabel ?o } ;
INSERT DATA { <org/gz> skos:prefLabel "广州市国家税务局"@zh }

#: I07-slug
DELETE { <org/gz/dept/legal> ?p ?o . ?s ?q <org/gz/dept/legal> } INSERT { <org/gz/dept/x-0123abcd> ?p ?o . ?s ?q <org/gz/dept/x-0123abcd> }
WHERE { { <org/gz/dept/legal> ?p ?o } UNION { ?s ?q <org/gz/dept/legal> } }
