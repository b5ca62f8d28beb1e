"""zhengmai 政脉: how policy is carried out, as a graph one can ask. The spine: errors, settings, store."""

__version__ = "0.1.0"
