# I18: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: I18-dropped
INSERT DATA { <alignment/low.1--up.1.1.s1> zm:hasChange <alignment/low.1--up.1.1.s1/change/8> , <alignment/low.1--up.1.1.s1/change/9> . <alignment/low.1--up.1.1.s1/change/8> a zm:Change ; zm:changeKind <https://w3id.org/zhengmai/scheme/change-kind/dropped> ; zm:changeSubject <https://w3id.org/zhengmai/scheme/change-subject/object> ; zm:upperQuote "及时做好更新维护"@zh . <alignment/low.1--up.1.1.s1/change/9> a zm:Change ; zm:changeKind <https://w3id.org/zhengmai/scheme/change-kind/dropped> ; zm:changeSubject <https://w3id.org/zhengmai/scheme/change-subject/actor> ; zm:upperQuote "各级税务机关"@zh }
