"""What the programs' door of every room stands on: how a refusal reads, and how fast one may ask."""
