"""Other tools' files and our tables: reading what people bring, writing what they take away.

Nothing here knows of the website. What cannot be read is refused with an ``InputProblem``, whose one message
says where the trouble is, what was found and what was expected.
"""
