# V04: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: V04-fixed-date
DELETE WHERE { <doc/low/task/2/deadline/1> zm:dueDate ?o }

#: V04-yearly
DELETE WHERE { <doc/low/task/2/deadline/1> zm:kind ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:kind kind:recurring-annual } ;
DELETE WHERE { <doc/low/task/2/deadline/1> zm:dueDate ?o }

#: V04-trigger
DELETE WHERE { <doc/low/task/2/deadline/1> zm:kind ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:kind kind:relative-duration } ;
DELETE WHERE { <doc/low/task/2/deadline/1> zm:dueDate ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:offset <doc/low/task/2/deadline/1/offset> . <doc/low/task/2/deadline/1/offset> a time:Duration ; time:numericDuration 20.0 ; time:unitType zm:unitWorkingDay }

#: V04-duration
DELETE WHERE { <doc/low/task/2/deadline/1> zm:kind ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:kind kind:relative-duration } ;
DELETE WHERE { <doc/low/task/2/deadline/1> zm:dueDate ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:triggerText "作出之日" }

#: V04-calendar
DELETE WHERE { <doc/low/task/2/deadline/1> zm:kind ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:kind kind:relative-calendar } ;
DELETE WHERE { <doc/low/task/2/deadline/1> zm:dueDate ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:dayOfMonth 10 }

#: V04-asserted-trigger
DELETE WHERE { <doc/low/task/2/deadline/1> zm:kind ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:kind kind:duration-without-trigger } ;
DELETE WHERE { <doc/low/task/2/deadline/1> zm:dueDate ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:triggerText "作出之日" ; zm:offset <doc/low/task/2/deadline/1/offset> . <doc/low/task/2/deadline/1/offset> a time:Duration ; time:numericDuration 20.0 ; time:unitType zm:unitWorkingDay }

#: V04-goes-on
DELETE WHERE { <doc/low/task/2/deadline/1> zm:kind ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:kind kind:milestone-then-ongoing }

#: V04-milestone
DELETE WHERE { <doc/low/task/2/deadline/1> zm:kind ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:kind kind:milestone-then-ongoing } ;
DELETE WHERE { <doc/low/task/2/deadline/1> zm:dueDate ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:thenOngoing true }

#: V04-start
DELETE WHERE { <doc/low/task/2/deadline/1> zm:kind ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:kind kind:start-then-ongoing } ;
DELETE WHERE { <doc/low/task/2/deadline/1> zm:dueDate ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:thenOngoing true }

#: V04-reference
DELETE WHERE { <doc/low/task/2/deadline/1> zm:kind ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:kind kind:by-reference } ;
DELETE WHERE { <doc/low/task/2/deadline/1> zm:dueDate ?o }

#: V04-no-date
DELETE WHERE { <doc/low/task/2/deadline/1> zm:kind ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:kind kind:discretionary }
