# I04: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: I04-inferred
INSERT DATA { <inference/low/2-due> a zm:Inference ; zm:about <doc/low/task/2/deadline/1> ; zm:inferredProperty zm:dueDate ; zm:inferredValue "2018-12-31" ; zm:appliedRule rule:year-from-neighbours ; prov:used <source/low/bbbbbbbb/table/1/row/2/cell/7> ; zm:confidence 0.8 }

#: I04-trigger
DELETE WHERE { <doc/low/task/2/deadline/1> zm:kind ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:kind kind:duration-without-trigger } ;
DELETE WHERE { <doc/low/task/2/deadline/1> zm:dueDate ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:offset <doc/low/task/2/deadline/1/offset> . <doc/low/task/2/deadline/1/offset> a time:Duration ; time:numericDuration 20.0 ; time:unitType zm:unitWorkingDay }

#: I04-period
DELETE WHERE { <doc/low/task/2/deadline/1> zm:kind ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:kind kind:recurring } ;
DELETE WHERE { <doc/low/task/2/deadline/1> zm:dueDate ?o }

