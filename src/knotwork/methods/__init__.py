"""The science of Knotwork, apart from everything else.

A method takes arrays or frames and gives a frozen result. Nothing in this package opens a file, reads a
clock, draws a picture, knows of Django or touches a global random state: what a method returns is a function
of what it was given and of the seed it was handed. Methods return codes and values; the rooms that show them
make the sentences.
"""
