"""A draft report held against the evidence pack that it cites, before it is published.

The report is read (`reading`), its citations (`citations`) and figures (`figures`) are
found sentence by sentence, and each figure is looked for in the item that its sentence
cites (`checking`). Pure functions between the files that are read and those written.
"""
