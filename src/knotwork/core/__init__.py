"""What every room stands on: people, events, strands, analyses, windows, mail, uploads and pages."""
