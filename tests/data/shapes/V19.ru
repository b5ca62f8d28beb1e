# V19: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: V19-mix-about
DELETE WHERE { <coverage/low--up/clause/1.1> zm:about ?o }

#: V19-mix-pair
DELETE WHERE { <coverage/low--up/clause/1.1> zm:ofPair ?o }

#: V19-mix-unit
DELETE WHERE { <coverage/low--up/clause/1.1> zm:countedIn ?o }

#: V19-mix-of
DELETE WHERE { <coverage/low--up/clause/1.1> zm:unitCount ?o }

#: V19-mix-accepted
INSERT DATA { <coverage/low--up/clause/1.1> zm:acceptedCount "one" }

#: V19-mix-proposed
INSERT DATA { <coverage/low--up/clause/1.1> zm:proposedCount 0 }

#: V19-mix-none-found
INSERT DATA { <coverage/low--up/clause/1.1> zm:noneFoundCount 0 }

#: V19-mix-other-level
INSERT DATA { <coverage/low--up/clause/1.1> zm:otherLevelCount "one" }

#: V19-mix-level-unclear
INSERT DATA { <coverage/low--up/clause/1.1> zm:levelUnclearCount 0 }

#: V19-mix-judged
INSERT DATA { <coverage/low--up/clause/1.1> zm:judgedCount 0 }

#: V19-mix-whole
INSERT DATA { <coverage/low--up/clause/1.1> zm:wholeCount "one" }

#: V19-mix-part
INSERT DATA { <coverage/low--up/clause/1.1> zm:partCount 0 }

#: V19-remainder-about
DELETE WHERE { <remainder/up.1.1.s1--low> zm:about ?o }

#: V19-remainder-lower
DELETE WHERE { <remainder/up.1.1.s1--low> zm:lowerDocument ?o }

#: V19-remainder-share
INSERT DATA { <remainder/up.1.1.s1--low> zm:carriedShare 1.5 }

#: V19-remainder-words
DELETE WHERE { <remainder/up.1.1.s1--low> zm:upperQuote ?o }

#: V19-remainder-place
DELETE WHERE { <remainder/up.1.1.s1--low> zm:upperEvidence ?o }

#: V19-basis-gap-about
DELETE WHERE { <basis-gap/low.2--up> zm:about ?o }

#: V19-basis-gap-upper
DELETE WHERE { <basis-gap/low.2--up> zm:upperDocument ?o }

#: V19-basis-gap-reason
DELETE WHERE { <basis-gap/low.2--up> zm:basisGapReason ?o }

#: V19-basis-gap-searched
DELETE WHERE { <basis-gap/low.2--up> zm:searched ?o }

#: V19-basis-gap-nearest
INSERT DATA { <basis-gap/low.2--up> zm:nearestProvision <doc/up> }

#: V19-sum
INSERT DATA { <coverage/low--up/clause/1.1> zm:levelUnclearCount 3 }
