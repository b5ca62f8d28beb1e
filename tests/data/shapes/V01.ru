# V01: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: V01-taskOf
DELETE WHERE { <doc/low/task/2> zm:taskOf ?o }

#: V01-hasMeasure
DELETE WHERE { <doc/low/task/1> zm:hasMeasure ?o }

#: V01-number
DELETE WHERE { <doc/low/task/2> zm:number ?o } ;
INSERT DATA { <doc/low/task/2> zm:number 2 }

#: V01-notation
DELETE WHERE { <doc/low/task/2> zm:notation ?o }

#: V01-order
DELETE WHERE { <doc/low/task/2> zm:order ?o } ;
INSERT DATA { <doc/low/task/2> zm:order 0 }

#: V01-inGroup
INSERT DATA { <doc/low/task/2> zm:inGroup <doc/low/group/1> }

#: V01-measure-text
DELETE WHERE { <doc/low/task/1/measure/1> zm:text ?o } ;
INSERT DATA { <doc/low/task/1/measure/1> zm:text " "@zh }

#: V01-group-parent
DELETE WHERE { <doc/low/group/1.1> zm:isPartOf ?o }

#: V01-group-level
DELETE WHERE { <doc/low/group/1.1> zm:groupLevel ?o } ;
INSERT DATA { <doc/low/group/1.1> zm:groupLevel 3 }

#: V01-group-heading
DELETE WHERE { <doc/low/group/1.1> zm:heading ?o }

#: V01-group-order
DELETE WHERE { <doc/low/group/1.1> zm:order ?o } ;
INSERT DATA { <doc/low/group/1.1> zm:order -1 }
