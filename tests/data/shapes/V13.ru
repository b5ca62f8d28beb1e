# V13: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: V13-source
DELETE WHERE { <source/up/aaaaaaaa/text/span/36-53> oa:hasSource ?o } ;
INSERT DATA { <source/up/aaaaaaaa/text/span/36-53> oa:hasSource <source/up/aaaaaaaa> }

#: V13-selector
DELETE DATA { <source/up/aaaaaaaa/text/span/36-53> oa:hasSelector <source/up/aaaaaaaa/text/span/36-53/position> }

#: V13-start
DELETE WHERE { <source/up/aaaaaaaa/text/span/36-53/position> oa:start ?o } ;
INSERT DATA { <source/up/aaaaaaaa/text/span/36-53/position> oa:start 60 } ;
DELETE WHERE { <source/up/aaaaaaaa/text/span/36-53/position> oa:end ?o } ;
INSERT DATA { <source/up/aaaaaaaa/text/span/36-53/position> oa:end 60 } ;
DELETE WHERE { <source/up/aaaaaaaa/text/span/36-53/quote> oa:exact ?o } ;
INSERT DATA { <source/up/aaaaaaaa/text/span/36-53/quote> oa:exact "" }

#: V13-end
DELETE WHERE { <source/up/aaaaaaaa/text/span/36-53/position> oa:end ?o } ;
INSERT DATA { <source/up/aaaaaaaa/text/span/36-53/position> oa:end 53.0 }

#: V13-exact
DELETE WHERE { <source/up/aaaaaaaa/text/span/36-53/quote> oa:exact ?o }

#: V13-sha256
DELETE WHERE { <source/up/aaaaaaaa> zm:sha256 ?o } ;
INSERT DATA { <source/up/aaaaaaaa> zm:sha256 "AAAA" }

#: V13-characterCount
DELETE WHERE { <source/up/aaaaaaaa> zm:characterCount ?o } ;
INSERT DATA { <source/up/aaaaaaaa> zm:characterCount -1 }

#: V13-text-source
DELETE WHERE { <source/up/aaaaaaaa/text> prov:wasDerivedFrom ?o }

#: V13-beyond
DELETE WHERE { <source/up/aaaaaaaa/text> zm:characterCount ?o } ;
INSERT DATA { <source/up/aaaaaaaa/text> zm:characterCount 50 }

#: V13-quote
DELETE WHERE { <source/up/aaaaaaaa/text/span/36-53/quote> oa:exact ?o } ;
INSERT DATA { <source/up/aaaaaaaa/text/span/36-53/quote> oa:exact "公示。" }
