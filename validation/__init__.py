"""Is the graph right: shapes, cross-document checks, reports."""
