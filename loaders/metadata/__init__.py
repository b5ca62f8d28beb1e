"""What a document says about itself, one kind of line a file; ``reading`` puts them together."""
