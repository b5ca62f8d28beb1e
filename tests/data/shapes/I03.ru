# I03: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: I03-lead + I17-lead
INSERT DATA { <divergence/low.1--up.1.1.s1/lead/1> a zm:Divergence ; zm:divergenceOf <alignment/low.1--up.1.1.s1> ; zm:reason "上级与本级不同。"@zh , "They differ."@en ; zm:aspect <https://w3id.org/zhengmai/scheme/aspect/lead> ; zm:leadMatch <https://w3id.org/zhengmai/scheme/lead-match/mismatch> ; zm:upperQuote "政策法规司"@zh }
