"""Who is asking: people with an email address and nothing else, and strangers."""
