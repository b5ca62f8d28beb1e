# W05: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: W05-uncovered + I18-sentence
DELETE WHERE { <gap/up.1.1.s2--low> zm:gapReason ?o } ;
INSERT DATA { <gap/up.1.1.s2--low> zm:gapReason reason:none-found }
