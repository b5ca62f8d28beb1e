# V12: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: V12-shortcut
INSERT DATA { <doc/low/task/2> zm:supportedBy <org/gz/dept/legal> }

#: V12-participation
DELETE DATA { <doc/low/task/1> zm:responsible <actor/low/relevant> }
