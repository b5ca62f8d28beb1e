"""Named questions to the graph, their catalogue and their runner."""
