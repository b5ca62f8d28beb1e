# I16: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: I16-heading
DELETE WHERE { <doc/low/group/1> zm:heading ?o } ;
INSERT DATA { <doc/low/group/1> zm:heading "加大公开力渡"@zh }

#: I16-reworded
DELETE WHERE { <doc/low/group/1.1> zm:heading ?o } ;
INSERT DATA { <doc/low/group/1.1> zm:heading "推进事项告知"@zh .
  <doc/low/group/1.2> a zm:TaskGroup ; zm:isPartOf <doc/low/group/1> ; zm:groupLevel 2 ; zm:heading "会议公开管理"@zh ; zm:order 2 .
  <doc/up/clause/1.2> a zm:Clause ; zm:isPartOf <doc/up/section/1> ; zm:notation "1.2" ; zm:order 3 ; zm:heading "会议公开管理"@zh ; zm:evidence <source/up/aaaaaaaa/text/span/66-80> }
