"""Claims: what a published report states, held against the evidence.

Pure functions: claims and evidence in, findings out. Nothing here knows a council.
"""
