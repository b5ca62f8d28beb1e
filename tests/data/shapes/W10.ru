# W10: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: W10-looser + I17-limit
INSERT DATA { <divergence/low.1--up.1.1.s1/deadline/1> a zm:Divergence ; zm:divergenceOf <alignment/low.1--up.1.1.s1> ; zm:reason "上级与本级不同。"@zh , "They differ."@en ; zm:aspect <https://w3id.org/zhengmai/scheme/aspect/deadline> ; zm:difference <https://w3id.org/zhengmai/scheme/difference/later> ; zm:direction <https://w3id.org/zhengmai/scheme/direction/looser> }
