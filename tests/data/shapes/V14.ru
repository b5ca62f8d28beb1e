# V14: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: V14-task-row
DELETE WHERE { <doc/low/task/1> prov:wasDerivedFrom ?o }

#: V14-measure-cell
DELETE WHERE { <doc/low/task/1/measure/1> prov:wasQuotedFrom ?o }

#: V14-participation-source
DELETE WHERE { <doc/up/clause/1.1/role/lead/1> prov:wasDerivedFrom ?o }

#: V14-provision-evidence
DELETE WHERE { <doc/up/sentence/1.1.s2> zm:evidence ?o }

#: V14-inference-about
INSERT DATA { <inference/low/1-group> zm:about <doc/low/task/2> }

#: V14-inference-property
DELETE WHERE { <inference/low/1-group> zm:inferredProperty ?o }

#: V14-inference-rule
DELETE WHERE { <inference/low/1-group> zm:appliedRule ?o } ;
INSERT DATA { <inference/low/1-group> zm:appliedRule status:accepted }

#: V14-inference-used
DELETE WHERE { <inference/low/1-group> prov:used ?o }

#: V14-inference-confidence
DELETE WHERE { <inference/low/1-group> zm:confidence ?o } ;
INSERT DATA { <inference/low/1-group> zm:confidence 2.0 }

#: V14-finding-about
DELETE WHERE { <finding/up/noise-run-00000001> zm:about ?o }

#: V14-finding-type
DELETE WHERE { <finding/up/noise-run-00000001> zm:findingType ?o }

#: V14-finding-severity
DELETE WHERE { <finding/up/noise-run-00000001> zm:severity ?o }

#: V14-finding-message
DELETE WHERE { <finding/up/noise-run-00000001> zm:message ?o }

#: V14-inference
DELETE WHERE { <doc/low/task/1> zm:inGroup ?o }

#: V14-twice
INSERT DATA { <inference/low/1-group-again> a zm:Inference ; zm:about <doc/low/task/1> ; zm:inferredProperty zm:inGroup ; zm:inferredValue "1.1" ; zm:appliedRule rule:heading-key ; prov:used <source/low/bbbbbbbb/table/1/row/2/cell/2> ; zm:confidence 1.0 }
