# I15: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: I15-not-held
INSERT DATA { <doc/up> zm:mentionsDocument <doc/cited/plan> .
  <doc/cited/plan> a zm:PolicyDocument ; dct:title "改革方案"@zh ; zm:corpusStatus corpus:mentionedOnly }
