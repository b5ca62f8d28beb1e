"""Text that documents of any level share, and which of it an upper text explains: the evidence of copying sideways.

Shared text is undirected: it never says that one document carries out another. Only dates decide which of two was there first.
"""
