"""The notice for people.

A leaflet is the notice as it is read: a line for each clause, in the order of reading, with names as they are on a
day. Easy Read, large print, the full notice, plain text and paper are all made from it, and add nothing of their own.
"""
