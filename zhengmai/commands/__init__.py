"""One file a command: its docstring is its help, ``register`` declares its options, ``run`` does it.

Adding a command is adding a file; a name that starts with ``_`` is no command. Every one of them is imported for
``zhengmai --help``, so what is heavy is imported inside ``run``.
"""

from __future__ import annotations

import argparse
from typing import TypeAlias

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
