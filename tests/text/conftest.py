"""Text tests search for counter-examples; how fast the machine is just now is none."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
