# I16: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: I16-heading
DELETE WHERE { <doc/low/group/1> zm:heading ?o } ;
INSERT DATA { <doc/low/group/1> zm:heading "加大公开力渡"@zh }
