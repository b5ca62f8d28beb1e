"""Which task carries out which sentence of an upper document, and how we know."""
