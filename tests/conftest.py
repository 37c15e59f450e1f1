"""What all tests share."""

from hypothesis import settings

# A machine that is busy with other work is slow, and no reason to fail.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
