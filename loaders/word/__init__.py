"""Word files: their XML read with merges, numbering and tracked changes."""
