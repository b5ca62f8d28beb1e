"""One module a format: each says which bytes it takes and turns them into raw blocks.

A reader is a module here with ``accepts(name: str, head: bytes) -> bool`` and ``read(data: bytes, where: str) -> ReadResult``;
it is found by being here. Modules are tried in the order of their names' ``ORDER`` (low first).
"""
