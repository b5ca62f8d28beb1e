# V16: each block breaks base.ttl in one way; the line "#:" names the shape or check that must see it, and no other does.

#: TaskShape
DELETE { <doc/low/task/2> ?p ?o . ?s ?q <doc/low/task/2> } INSERT { <doc/low/task/二> ?p ?o . ?s ?q <doc/low/task/二> }
WHERE { { <doc/low/task/2> ?p ?o } UNION { ?s ?q <doc/low/task/2> } }

#: MeasureShape
DELETE { <doc/low/task/1/measure/1> ?p ?o . ?s ?q <doc/low/task/1/measure/1> } INSERT { <doc/low/task/1/measure/one> ?p ?o . ?s ?q <doc/low/task/1/measure/one> }
WHERE { { <doc/low/task/1/measure/1> ?p ?o } UNION { ?s ?q <doc/low/task/1/measure/1> } }

#: TaskGroupShape
DELETE { <doc/low/group/1.1> ?p ?o . ?s ?q <doc/low/group/1.1> } INSERT { <doc/low/groups/1.1> ?p ?o . ?s ?q <doc/low/groups/1.1> }
WHERE { { <doc/low/group/1.1> ?p ?o } UNION { ?s ?q <doc/low/group/1.1> } }

#: ParticipationShape
DELETE { <doc/low/task/1/role/lead/1> ?p ?o . ?s ?q <doc/low/task/1/role/lead/1> } INSERT { <doc/low/task/1/role/牵头/1> ?p ?o . ?s ?q <doc/low/task/1/role/牵头/1> }
WHERE { { <doc/low/task/1/role/lead/1> ?p ?o } UNION { ?s ?q <doc/low/task/1/role/lead/1> } }

#: PolicyDocumentShape
DELETE { <doc/up> ?p ?o . ?s ?q <doc/up> } INSERT { <doc/实施办法> ?p ?o . ?s ?q <doc/实施办法> }
WHERE { { <doc/up> ?p ?o } UNION { ?s ?q <doc/up> } }

#: ProvisionShape
DELETE { <doc/up/sentence/1.1.s2> ?p ?o . ?s ?q <doc/up/sentence/1.1.s2> } INSERT { <doc/up/clause/1.1/sentence/2> ?p ?o . ?s ?q <doc/up/clause/1.1/sentence/2> }
WHERE { { <doc/up/sentence/1.1.s2> ?p ?o } UNION { ?s ?q <doc/up/sentence/1.1.s2> } }

#: AuthorityShape
DELETE { <org/cn> ?p ?o . ?s ?q <org/cn> } INSERT { <organisation/cn> ?p ?o . ?s ?q <organisation/cn> }
WHERE { { <org/cn> ?p ?o } UNION { ?s ?q <org/cn> } }

#: DepartmentShape
DELETE { <org/gz/dept/legal> ?p ?o . ?s ?q <org/gz/dept/legal> } INSERT { <org/gz/legal> ?p ?o . ?s ?q <org/gz/legal> }
WHERE { { <org/gz/dept/legal> ?p ?o } UNION { ?s ?q <org/gz/dept/legal> } }

#: GenericActorShape
DELETE { <actor/low/all> ?p ?o . ?s ?q <actor/low/all> } INSERT { <actor/各级> ?p ?o . ?s ?q <actor/各级> }
WHERE { { <actor/low/all> ?p ?o } UNION { ?s ?q <actor/low/all> } }

#: DeadlineShape
DELETE { <doc/low/task/2/deadline/1> ?p ?o . ?s ?q <doc/low/task/2/deadline/1> } INSERT { <doc/low/task/2/deadline> ?p ?o . ?s ?q <doc/low/task/2/deadline> }
WHERE { { <doc/low/task/2/deadline/1> ?p ?o } UNION { ?s ?q <doc/low/task/2/deadline/1> } }

#: DurationShape
DELETE { <doc/up/sentence/1.1.s1/deadline/1/offset> ?p ?o . ?s ?q <doc/up/sentence/1.1.s1/deadline/1/offset> } INSERT { <duration/7> ?p ?o . ?s ?q <duration/7> }
WHERE { { <doc/up/sentence/1.1.s1/deadline/1/offset> ?p ?o } UNION { ?s ?q <doc/up/sentence/1.1.s1/deadline/1/offset> } }

#: FrequencyShape
DELETE { <doc/low/task/2/measure/1/frequency/1> ?p ?o . ?s ?q <doc/low/task/2/measure/1/frequency/1> } INSERT { <frequency/1> ?p ?o . ?s ?q <frequency/1> }
WHERE { { <doc/low/task/2/measure/1/frequency/1> ?p ?o } UNION { ?s ?q <doc/low/task/2/measure/1/frequency/1> } }

#: AlignmentShape
DELETE { <alignment/low.2--up.1.1.s2> ?p ?o . ?s ?q <alignment/low.2--up.1.1.s2> } INSERT { <alignment/low/2> ?p ?o . ?s ?q <alignment/low/2> }
WHERE { { <alignment/low.2--up.1.1.s2> ?p ?o } UNION { ?s ?q <alignment/low.2--up.1.1.s2> } }

#: CoverageGapShape
DELETE { <gap/up.1.1.s2--low> ?p ?o . ?s ?q <gap/up.1.1.s2--low> } INSERT { <gap/up/1> ?p ?o . ?s ?q <gap/up/1> }
WHERE { { <gap/up.1.1.s2--low> ?p ?o } UNION { ?s ?q <gap/up.1.1.s2--low> } }

#: DocumentPairShape
DELETE { <pair/low--up> ?p ?o . ?s ?q <pair/low--up> } INSERT { <pair/low/up> ?p ?o . ?s ?q <pair/low/up> }
WHERE { { <pair/low--up> ?p ?o } UNION { ?s ?q <pair/low--up> } }

#: SpanShape
DELETE { <source/up/aaaaaaaa/text/span/36-53> ?p ?o . ?s ?q <source/up/aaaaaaaa/text/span/36-53> } INSERT { <source/up/aaaaaaaa/text/span/36> ?p ?o . ?s ?q <source/up/aaaaaaaa/text/span/36> }
WHERE { { <source/up/aaaaaaaa/text/span/36-53> ?p ?o } UNION { ?s ?q <source/up/aaaaaaaa/text/span/36-53> } }

#: PositionShape
DELETE { <source/up/aaaaaaaa/text/span/36-53/position> ?p ?o . ?s ?q <source/up/aaaaaaaa/text/span/36-53/position> } INSERT { <source/up/aaaaaaaa/text/position/36> ?p ?o . ?s ?q <source/up/aaaaaaaa/text/position/36> }
WHERE { { <source/up/aaaaaaaa/text/span/36-53/position> ?p ?o } UNION { ?s ?q <source/up/aaaaaaaa/text/span/36-53/position> } }

#: QuoteShape
DELETE { <source/up/aaaaaaaa/text/span/36-53/quote> ?p ?o . ?s ?q <source/up/aaaaaaaa/text/span/36-53/quote> } INSERT { <source/up/aaaaaaaa/text/quote/36> ?p ?o . ?s ?q <source/up/aaaaaaaa/text/quote/36> }
WHERE { { <source/up/aaaaaaaa/text/span/36-53/quote> ?p ?o } UNION { ?s ?q <source/up/aaaaaaaa/text/span/36-53/quote> } }

#: SourceFileShape
DELETE { <source/low/bbbbbbbb> ?p ?o . ?s ?q <source/low/bbbbbbbb> } INSERT { <source/low> ?p ?o . ?s ?q <source/low> }
WHERE { { <source/low/bbbbbbbb> ?p ?o } UNION { ?s ?q <source/low/bbbbbbbb> } }

#: NormalisedTextShape
DELETE { <source/low/bbbbbbbb/text> ?p ?o . ?s ?q <source/low/bbbbbbbb/text> } INSERT { <source/low/text> ?p ?o . ?s ?q <source/low/text> }
WHERE { { <source/low/bbbbbbbb/text> ?p ?o } UNION { ?s ?q <source/low/bbbbbbbb/text> } }

#: InferenceShape
DELETE { <inference/low/1-group> ?p ?o . ?s ?q <inference/low/1-group> } INSERT { <inference/group> ?p ?o . ?s ?q <inference/group> }
WHERE { { <inference/low/1-group> ?p ?o } UNION { ?s ?q <inference/low/1-group> } }

#: FindingShape
DELETE { <finding/up/noise-run-00000001> ?p ?o . ?s ?q <finding/up/noise-run-00000001> } INSERT { <finding/1> ?p ?o . ?s ?q <finding/1> }
WHERE { { <finding/up/noise-run-00000001> ?p ?o } UNION { ?s ?q <finding/up/noise-run-00000001> } }

#: DivergenceShape
DELETE { <divergence/low.1--up.1.1.s1/deadline/1> ?p ?o . ?s ?q <divergence/low.1--up.1.1.s1/deadline/1> } INSERT { <divergence/x/y/z> ?p ?o . ?s ?q <divergence/x/y/z> }
WHERE { { <divergence/low.1--up.1.1.s1/deadline/1> ?p ?o } UNION { ?s ?q <divergence/low.1--up.1.1.s1/deadline/1> } }

#: ChangeShape
DELETE { <alignment/low.1--up.1.1.s1/change/1> ?p ?o . ?s ?q <alignment/low.1--up.1.1.s1/change/1> } INSERT { <change/x> ?p ?o . ?s ?q <change/x> }
WHERE { { <alignment/low.1--up.1.1.s1/change/1> ?p ?o } UNION { ?s ?q <alignment/low.1--up.1.1.s1/change/1> } }

#: LineageChainShape
DELETE { <chain/low.1--mid--up.1.1.s1/1> ?p ?o . ?s ?q <chain/low.1--mid--up.1.1.s1/1> } INSERT { <chain/x/y/z> ?p ?o . ?s ?q <chain/x/y/z> }
WHERE { { <chain/low.1--mid--up.1.1.s1/1> ?p ?o } UNION { ?s ?q <chain/low.1--mid--up.1.1.s1/1> } }

#: CoverageMixShape
DELETE { <coverage/low--up/clause/1.1> ?p ?o . ?s ?q <coverage/low--up/clause/1.1> } INSERT { <coverage/x/y/z> ?p ?o . ?s ?q <coverage/x/y/z> }
WHERE { { <coverage/low--up/clause/1.1> ?p ?o } UNION { ?s ?q <coverage/low--up/clause/1.1> } }

#: RemainderShape
DELETE { <remainder/up.1.1.s1--low> ?p ?o . ?s ?q <remainder/up.1.1.s1--low> } INSERT { <remainder/x/y/z> ?p ?o . ?s ?q <remainder/x/y/z> }
WHERE { { <remainder/up.1.1.s1--low> ?p ?o } UNION { ?s ?q <remainder/up.1.1.s1--low> } }

#: BasisGapShape
DELETE { <basis-gap/low.2--up> ?p ?o . ?s ?q <basis-gap/low.2--up> } INSERT { <basis-gap/x/y/z> ?p ?o . ?s ?q <basis-gap/x/y/z> }
WHERE { { <basis-gap/low.2--up> ?p ?o } UNION { ?s ?q <basis-gap/low.2--up> } }

#: TextSharingShape
DELETE { <sharing/low--up> ?p ?o . ?s ?q <sharing/low--up> } INSERT { <sharing/x/y/z> ?p ?o . ?s ?q <sharing/x/y/z> }
WHERE { { <sharing/low--up> ?p ?o } UNION { ?s ?q <sharing/low--up> } }

#: SharedPassageShape
DELETE { <sharing/low--up/passage/1> ?p ?o . ?s ?q <sharing/low--up/passage/1> } INSERT { <passage/x> ?p ?o . ?s ?q <passage/x> }
WHERE { { <sharing/low--up/passage/1> ?p ?o } UNION { ?s ?q <sharing/low--up/passage/1> } }
