"""Find by words whatever the reader may see, in all rooms."""
