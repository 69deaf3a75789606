"""What happened: an append-only list of acts in uuids and fixed words, the source of activity, feeds and audit."""
