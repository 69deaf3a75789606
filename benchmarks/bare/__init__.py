"""The least that can be called a vote on the web with the same parts: the measure beside ours in ``benchmarks.votes``.

Django's own models write one vote over another and look for the next statement; nothing is checked, nobody is known
by anything, there is no log, no page and no waiting for the disk. A machine is told by what this does on it.
"""
