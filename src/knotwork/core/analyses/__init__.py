"""Computed results: asked for when their input changed, kept as snapshots, shown with their age."""
