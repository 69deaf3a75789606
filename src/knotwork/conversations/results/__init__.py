"""What a conversation found, for people to read: words, tables, pages."""
