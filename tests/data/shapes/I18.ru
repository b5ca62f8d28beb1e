# I18: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: I18-dropped
INSERT DATA { <alignment/low.1--up.1.1.s1> zm:hasChange <alignment/low.1--up.1.1.s1/change/8> , <alignment/low.1--up.1.1.s1/change/9> . <alignment/low.1--up.1.1.s1/change/8> a zm:Change ; zm:changeKind <https://w3id.org/zhengmai/scheme/change-kind/dropped> ; zm:changeSubject <https://w3id.org/zhengmai/scheme/change-subject/object> ; zm:upperQuote "及时做好更新维护"@zh . <alignment/low.1--up.1.1.s1/change/9> a zm:Change ; zm:changeKind <https://w3id.org/zhengmai/scheme/change-kind/dropped> ; zm:changeSubject <https://w3id.org/zhengmai/scheme/change-subject/actor> ; zm:upperQuote "各级税务机关"@zh }

#: I18-limit + I17-limit
INSERT DATA { <divergence/low.1--up.1.1.s1/frequency/1> a zm:Divergence ; zm:divergenceOf <alignment/low.1--up.1.1.s1> ; zm:reason "上级“每年1次”，本级未见频次。"@zh , "每年1次 above; no frequency here."@en ; zm:aspect <https://w3id.org/zhengmai/scheme/aspect/frequency> ; zm:difference <https://w3id.org/zhengmai/scheme/difference/gone> ; zm:direction <https://w3id.org/zhengmai/scheme/direction/looser> ; zm:upperQuote "每年1次"@zh }

#: I18-clause + I08-level-unclear
INSERT DATA { <doc/up/clause/1.2> a zm:Clause ; zm:isPartOf <doc/up/section/1> ; zm:notation "1.2" ; zm:order 3 ; zm:heading "会议公开管理"@zh ; zm:evidence <source/up/aaaaaaaa/text/span/66-80> .
  <doc/up/sentence/1.2.s1> a zm:Sentence ; zm:isPartOf <doc/up/clause/1.2> ; zm:notation "1.2.s1" ; zm:order 1 ; zm:text "出台管理办法。"@zh ; zm:evidence <source/up/aaaaaaaa/text/span/66-73> .
  <gap/up.1.2.s1--low> a zm:CoverageGap ; zm:about <doc/up/sentence/1.2.s1> ; zm:lowerDocument <doc/low> ; zm:gapReason reason:level-unclear .
  <coverage/low--up/clause/1.2> a zm:CoverageMix ; zm:about <doc/up/clause/1.2> ; zm:ofPair <pair/low--up> ; zm:countedIn unit:sentence ; zm:unitCount 1 }
