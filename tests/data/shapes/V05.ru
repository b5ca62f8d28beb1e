# V05: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: V05-dueDate
DELETE WHERE { <doc/low/task/2/deadline/1> zm:dueDate ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:dueDate "2018-12-32"^^xsd:date }

#: V05-startDate
INSERT DATA { <doc/low/task/2/deadline/1> zm:startDate "2018"^^xsd:gYear }

#: V05-startPeriod
INSERT DATA { <doc/low/task/2/deadline/1> zm:startPeriod "2018-01-01"^^xsd:date }

#: V05-precision
DELETE WHERE { <doc/low/task/2/deadline/1> zm:precision ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:precision time:unitWeek }

#: V05-recursEvery
DELETE WHERE { <doc/low/task/1/deadline/1/part/1> zm:recursEvery ?o } ;
INSERT DATA { <doc/low/task/1/deadline/1/part/1> zm:recursEvery "每年" }

#: V05-recursInMonth
DELETE WHERE { <doc/low/task/1/deadline/1/part/1> zm:recursInMonth ?o } ;
INSERT DATA { <doc/low/task/1/deadline/1/part/1> zm:recursInMonth 13 }

#: V05-recursOnDay
DELETE WHERE { <doc/low/task/1/deadline/1/part/1> zm:recursOnDay ?o } ;
INSERT DATA { <doc/low/task/1/deadline/1/part/1> zm:recursOnDay 32 }

#: V05-monthOffset
INSERT DATA { <doc/low/task/2/deadline/1> zm:monthOffset -1 }

#: V05-dayOfMonth
INSERT DATA { <doc/low/task/2/deadline/1> zm:dayOfMonth 0 }

#: V05-offset
DELETE DATA { <doc/up/sentence/1.1.s1/deadline/1/offset> a time:Duration }

#: V05-boundary
INSERT DATA { <doc/low/task/2/deadline/1> zm:boundary status:accepted }

#: V05-appliesToLevel
INSERT DATA { <doc/low/task/2/deadline/1> zm:appliesToLevel status:accepted }

#: V05-thenOngoing
INSERT DATA { <doc/low/task/2/deadline/1> zm:thenOngoing "yes" }

#: V05-numericDuration
DELETE WHERE { <doc/up/sentence/1.1.s1/deadline/1/offset> time:numericDuration ?o } ;
INSERT DATA { <doc/up/sentence/1.1.s1/deadline/1/offset> time:numericDuration 0.0 }

#: V05-unitType
DELETE WHERE { <doc/up/sentence/1.1.s1/deadline/1/offset> time:unitType ?o } ;
INSERT DATA { <doc/up/sentence/1.1.s1/deadline/1/offset> time:unitType time:unitSecond }

#: V05-frequency-rawText
DELETE WHERE { <doc/low/task/2/measure/1/frequency/1> zm:rawText ?o }

#: V05-frequency-every
DELETE WHERE { <doc/low/task/2/measure/1/frequency/1> zm:recursEvery ?o } ;
INSERT DATA { <doc/low/task/2/measure/1/frequency/1> zm:recursEvery "1" }

#: V05-atLeast
DELETE WHERE { <doc/low/task/2/measure/1/frequency/1> zm:atLeast ?o } ;
INSERT DATA { <doc/low/task/2/measure/1/frequency/1> zm:atLeast 0 }
