# W04: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: W04-outlier
DELETE WHERE { <pair/low--up> zm:verdict ?o } ;
INSERT DATA { <pair/low--up> zm:verdict verdict:no } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:outcomeText "完成第一次公示"@zh .
  <doc/low/task/3> zm:taskOf <doc/low> ; zm:hasDeadline <doc/low/task/3/deadline/1> . <doc/low/task/3/deadline/1> zm:outcomeText "完成第一次公示"@zh ; zm:dueDate "2019-09-30"^^xsd:date .
  <doc/low/task/4> zm:taskOf <doc/low> ; zm:hasDeadline <doc/low/task/4/deadline/1> . <doc/low/task/4/deadline/1> zm:outcomeText "完成第一次公示"@zh ; zm:dueDate "2019-09-30"^^xsd:date .
  <doc/low/task/5> zm:taskOf <doc/low> ; zm:hasDeadline <doc/low/task/5/deadline/1> . <doc/low/task/5/deadline/1> zm:outcomeText "完成第一次公示"@zh ; zm:dueDate "2019-09-30"^^xsd:date . }
