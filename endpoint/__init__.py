"""The graph over HTTP: SPARQL protocol, saved queries, linked data."""
