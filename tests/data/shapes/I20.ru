# I20: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: I20-reworded + I17-reworded
INSERT DATA { <divergence/low.1--up.1.1.s1/wording/1> a zm:Divergence ; zm:divergenceOf <alignment/low.1--up.1.1.s1> ; zm:reason "上级“公示”，本级写作“存档”。"@zh , "公示 above, 存档 here."@en ; zm:aspect <https://w3id.org/zhengmai/scheme/aspect/wording> ; zm:difference <https://w3id.org/zhengmai/scheme/difference/replaced> ; zm:direction <https://w3id.org/zhengmai/scheme/direction/replaced> ; zm:upperQuote "公示"@zh ; zm:lowerQuote "存档"@zh .
  <divergence/low.1--up.1.1.s1/wording/2> a zm:Divergence ; zm:divergenceOf <alignment/low.1--up.1.1.s1> ; zm:reason "上级“推进”，本级写作“推动”。"@zh , "推进 above, 推动 here."@en ; zm:aspect <https://w3id.org/zhengmai/scheme/aspect/wording> ; zm:difference <https://w3id.org/zhengmai/scheme/difference/replaced> ; zm:direction <https://w3id.org/zhengmai/scheme/direction/replaced> ; zm:upperQuote "推进"@zh ; zm:lowerQuote "推动"@zh }

#: I20-limited
INSERT DATA { <alignment/low.1--up.1.1.s1> zm:hasChange <alignment/low.1--up.1.1.s1/change/8> , <alignment/low.1--up.1.1.s1/change/9> . <alignment/low.1--up.1.1.s1/change/8> a zm:Change ; zm:changeKind <https://w3id.org/zhengmai/scheme/change-kind/added> ; zm:changeSubject <https://w3id.org/zhengmai/scheme/change-subject/other> ; zm:lowerQuote "逐步"@zh . <alignment/low.1--up.1.1.s1/change/9> a zm:Change ; zm:changeKind <https://w3id.org/zhengmai/scheme/change-kind/added> ; zm:changeSubject <https://w3id.org/zhengmai/scheme/change-subject/other> ; zm:lowerQuote "认真"@zh }
