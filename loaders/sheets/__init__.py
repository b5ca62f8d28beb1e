"""Workbooks and separated values."""
