"""Listen: one question, many short statements, anyone's answers; who voted alike, what is agreed and what divides."""
