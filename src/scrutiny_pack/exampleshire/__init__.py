"""Exampleshire: a council that does not exist, for the tutorial, the demo and the tests.

Everything in it is made up by a seeded generator. Nobody works there: registration
numbers begin with EX and noughts, which no real one does.
"""

SLUG = "exampleshire"
"""How the made-up council is called in commands."""

NAME = "Exampleshire County Council (made up)"
"""Its name, as the register of councils has it."""

LA_CODE = "999"
"""Its code in returns to the DfE; no council has it."""

SEED = 2025
"""The seed that everything is made from, unless another is given."""
