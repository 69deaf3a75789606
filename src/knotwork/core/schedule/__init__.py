"""What happens by itself: jobs that run every so often, once, however many workers there are."""
