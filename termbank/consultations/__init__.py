"""Consultation (*remiss*): texts are sent to addressees, who say what they think of each term and each definition.

`tables` has the rows, `tally` counts who answered and how, `services` sends out, takes answers and gives verdicts,
`documents` writes the letter and the compilation as Word files.
"""
