# V07: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: V07-isPartOf
INSERT DATA { <doc/up/sentence/1.1.s2> zm:isPartOf <doc/up/item/1.1.1> }

#: V07-notation
DELETE WHERE { <doc/up/sentence/1.1.s2> zm:notation ?o } ;
INSERT DATA { <doc/up/sentence/1.1.s2> zm:notation "" }

#: V07-order
DELETE WHERE { <doc/up/sentence/1.1.s2> zm:order ?o }

#: V07-level
DELETE WHERE { <doc/up/sentence/1.1.s1> zm:addressedToLevel ?o } ;
INSERT DATA { <doc/up/sentence/1.1.s1> zm:addressedToLevel status:accepted }

#: V07-section-parent
DELETE WHERE { <doc/up/section/1> zm:isPartOf ?o } ;
INSERT DATA { <doc/up/section/1> zm:isPartOf <org/gz> }

#: V07-clause-parent
DELETE WHERE { <doc/up/clause/1.1> zm:isPartOf ?o } ;
INSERT DATA { <doc/up/clause/1.1> zm:isPartOf <doc/up/lead-in/1.0> }

#: V07-item-parent
DELETE WHERE { <doc/up/item/1.1.1> zm:isPartOf ?o } ;
INSERT DATA { <doc/up/item/1.1.1> zm:isPartOf <doc/up/sentence/1.1.s1> }

#: V07-leadin-parent
DELETE WHERE { <doc/up/lead-in/1.0> zm:isPartOf ?o } ;
INSERT DATA { <doc/up/lead-in/1.0> zm:isPartOf <doc/up/sentence/1.1.s1> }

#: V07-sentence-parent
DELETE WHERE { <doc/up/sentence/1.1.s2> zm:isPartOf ?o } ;
INSERT DATA { <doc/up/sentence/1.1.s2> zm:isPartOf <doc/up/sentence/1.1.s1> }

#: V07-sentence-text
DELETE WHERE { <doc/up/sentence/1.1.s2> zm:text ?o }

#: V07-unique
DELETE WHERE { <doc/up/sentence/1.1.s2> zm:notation ?o } ;
INSERT DATA { <doc/up/sentence/1.1.s2> zm:notation "1.1.s1" }
