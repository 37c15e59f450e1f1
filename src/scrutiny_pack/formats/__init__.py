"""The formats of a pack beside its pages, all written from evidence.json.

One content model feeds every format (`content`); no format computes a value.
"""
