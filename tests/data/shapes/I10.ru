# I10: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: I10-exception
INSERT DATA { <alignment/low.1--up.1.1.s1> zm:hasChange <alignment/low.1--up.1.1.s1/change/9> . <alignment/low.1--up.1.1.s1/change/9> a zm:Change ; zm:changeKind <https://w3id.org/zhengmai/scheme/change-kind/dropped> ; zm:changeSubject <https://w3id.org/zhengmai/scheme/change-subject/exception> ; zm:upperQuote "除涉及国家秘密的外"@zh }
