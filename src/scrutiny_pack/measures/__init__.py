"""Measures: pure functions, DataFrame in, DataFrame out. No measure reads a file."""
