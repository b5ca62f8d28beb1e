"""Review: what people decide about the machine's links, kept for ever and laid over every build (docs/review.md)."""
