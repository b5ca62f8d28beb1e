# V03: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: V03-rawText
DELETE WHERE { <doc/low/task/2/deadline/1> zm:rawText ?o }

#: V03-kind
DELETE WHERE { <doc/low/task/2/deadline/1> zm:kind ?o } ;
INSERT DATA { <doc/low/task/2/deadline/1> zm:kind kind:someday }

#: V03-parts
DELETE DATA { <doc/low/task/1/deadline/1/part/2> a zm:Deadline }

#: V03-nested
DELETE WHERE { <doc/low/task/1/deadline/1/part/2> zm:kind ?o } ;
INSERT DATA { <doc/low/task/1/deadline/1/part/2> zm:kind kind:composite } ;
DELETE WHERE { <doc/low/task/1/deadline/1/part/2> zm:recursInMonth ?o } ;
DELETE WHERE { <doc/low/task/1/deadline/1/part/2> zm:recursOnDay ?o } ;
INSERT DATA { <doc/low/task/1/deadline/1/part/2> zm:hasPart <doc/low/task/1/deadline/1/part/2/part/1> , <doc/low/task/1/deadline/1/part/2/part/2> . <doc/low/task/1/deadline/1/part/2/part/1> a zm:Deadline ; zm:kind kind:ongoing ; zm:rawText "长期" . <doc/low/task/1/deadline/1/part/2/part/2> a zm:Deadline ; zm:kind kind:ongoing ; zm:rawText "持续" }

#: V03-composite
DELETE DATA { <doc/low/task/1/deadline/1> zm:hasPart <doc/low/task/1/deadline/1/part/2> }

#: V03-no-parts
DELETE WHERE { <doc/low/task/1/deadline/1> zm:kind ?o } ;
INSERT DATA { <doc/low/task/1/deadline/1> zm:kind kind:end-of-period }
