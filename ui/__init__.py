"""Pages for readers who do not write SPARQL."""
