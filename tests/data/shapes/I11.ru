# I11: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: I11-moved
INSERT DATA { <alignment/low.1--up.1.1.s1> zm:structure <https://w3id.org/zhengmai/scheme/structure/moved> }
