# I12: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: I12-filed
DELETE WHERE { <doc/low/task/2/measure/1> zm:text ?o } ;
INSERT DATA { <doc/low/task/2/measure/1> zm:text "加强政务信息公开，公布有关数据。"@zh .
  <doc/up/clause/1.2> a zm:Clause ; zm:isPartOf <doc/up/section/1> ; zm:notation "1.2" ; zm:order 3 ; zm:heading "加强政务信息公开"@zh ; zm:evidence <source/up/aaaaaaaa/text/span/66-80> }

#: I12-group
DELETE WHERE { <doc/up/clause/1.1> zm:heading ?o } ;
INSERT DATA { <doc/up/clause/1.1> zm:heading "推进处罚公开"@zh .
  <doc/up/clause/1.2> a zm:Clause ; zm:isPartOf <doc/up/section/1> ; zm:notation "1.2" ; zm:order 3 ; zm:heading "推进许可公开"@zh ; zm:evidence <source/up/aaaaaaaa/text/span/66-80> }

#: I12-task
DELETE WHERE { <doc/up/section/1> zm:heading ?o } ;
INSERT DATA { <doc/up/section/1> zm:heading "扩大公众参与"@zh .
  <doc/up/section/2> a zm:Section ; zm:isPartOf <doc/up> ; zm:notation "2" ; zm:order 2 ; zm:heading "加大公开力度"@zh ; zm:evidence <source/up/aaaaaaaa/text/span/66-80> }

#: I12-section
DELETE WHERE { <doc/up/section/1> zm:heading ?o } ;
INSERT DATA { <doc/up/section/1> zm:heading "扩大公众参与"@zh .
  <doc/low/group/2> a zm:TaskGroup ; zm:isPartOf <doc/low> ; zm:notation "2" ; zm:order 2 ; zm:heading "扩大公众参与"@zh ; zm:evidence <source/low/bbbbbbbb/table/1/row/2/cell/2> .
  <doc/up/section/2> a zm:Section ; zm:isPartOf <doc/up> ; zm:notation "2" ; zm:order 2 ; zm:heading "加大公开力度"@zh ; zm:evidence <source/up/aaaaaaaa/text/span/66-80> }

#: I12-exchanged
DELETE WHERE { <doc/up/clause/1.1> zm:heading ?o } ;
INSERT DATA { <doc/up/clause/1.1> zm:heading "推进处罚公开"@zh .
  <doc/up/clause/1.2> a zm:Clause ; zm:isPartOf <doc/up/section/1> ; zm:notation "1.2" ; zm:order 3 ; zm:heading "推进许可公开"@zh ; zm:evidence <source/up/aaaaaaaa/text/span/66-80> } ;
DELETE WHERE { <doc/low/task/2> zm:inGroup ?o } ;
INSERT DATA { <doc/low/task/2> zm:inGroup <doc/low/group/1.2> .
  <doc/low/group/1.2> a zm:TaskGroup ; zm:isPartOf <doc/low/group/1> ; zm:groupLevel 2 ; zm:heading "推进处罚公开"@zh ; zm:order 2 }
