"""Property tests of the pure floors: as many examples as a shared machine bears, and no clock over each."""

from hypothesis import settings

settings.register_profile("pure floors", deadline=None, max_examples=50)
settings.load_profile("pure floors")
