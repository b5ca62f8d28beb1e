"""What may be said: the vocabulary, the concept schemes, the shapes, and the words people read."""
