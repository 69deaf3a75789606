"""Draw how things hang together; everybody's map is kept whole."""
