"""Running the notebooks of a pack: what to run, where, and how it is put in place."""
