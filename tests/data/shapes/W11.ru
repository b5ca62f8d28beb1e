# W11: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: W11-nobody + I02-lead
DELETE DATA { <doc/low/task/1> zm:responsible <org/gz/dept/legal> } ;
DELETE DATA { <doc/low/task/1/role/responsible/1> zm:hasRole role:responsible ; zm:participant <org/gz/dept/legal> } ;
INSERT DATA { <doc/low/task/1/role/responsible/1> zm:hasRole role:supporting ; zm:participant <org/gz/dept/legal> . <doc/low/task/1> zm:supportedBy <org/gz/dept/legal> }
