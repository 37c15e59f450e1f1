"""The life of a pack after it is made: draft, final, superseded, withdrawn, and kept.

A pack is never edited. What becomes of it stands beside it and on the shelf; nothing
here deletes one, and nothing here computes a figure.
"""
