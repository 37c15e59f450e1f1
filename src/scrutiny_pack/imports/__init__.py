"""Imports: what turns an analyst's own files into data/."""
