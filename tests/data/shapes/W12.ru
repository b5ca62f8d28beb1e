# W12: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: W12-doubtful-evidence
DELETE WHERE { <finding/up/noise-run-00000001> zm:severity ?o } ;
INSERT DATA { <finding/up/noise-run-00000001> zm:severity severity:warning }
