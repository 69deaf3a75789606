"""The made-up example: Northvale, Eastmere and Southfold, from the first answer to a lesson that another place took up.

All of it is invented and marked so on every page. It is built by the rooms' own services, each act on its own day, so
that every figure shown is one that the methods worked out.
"""
