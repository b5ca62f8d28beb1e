# I14: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: I14-reference
DELETE WHERE { <doc/low/task/2/deadline/1> zm:dueDate ?o } ;
DELETE WHERE { <doc/low/task/2/deadline/1> zm:kind ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:kind kind:by-reference ; zm:referenceText "按总局要求"@zh }
