# W09: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: W09-slip + I17-copied
INSERT DATA { <alignment/low.1--up.1.1.s1> zm:hasChange <alignment/low.1--up.1.1.s1/change/1> . <alignment/low.1--up.1.1.s1/change/1> a zm:Change ; zm:changeKind <https://w3id.org/zhengmai/scheme/change-kind/replaced> ; zm:changeSubject <https://w3id.org/zhengmai/scheme/change-subject/other> ; zm:upperQuote "放"@zh ; zm:lowerQuote "发"@zh }
