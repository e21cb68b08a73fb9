"""Boundary cases: short cases that regions count by a wording before it is decided, and how far their counts agree.

A *round* tries the wording of one version of a concept. Its author writes the cases, the ways of counting, and what they
themself would count; each region answers by itself, without having seen what others counted; when the round is closed,
everybody sees all answers side by side.
"""
