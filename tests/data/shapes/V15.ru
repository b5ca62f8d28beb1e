# V15: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: V15-cycle
INSERT DATA { <doc/cited/opinions> zm:basedOn <doc/up> }

#: V15-own-table
INSERT DATA { <doc/low/task/1> zm:tracesTo <doc/low> }
