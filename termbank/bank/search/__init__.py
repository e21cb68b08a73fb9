"""Search in the term bank, from what somebody typed to concepts in order.

`asking` reads the query, `candidates` fetches at most two hundred rows for it from the database, `ranking` orders them and
`corrections` knows what was probably meant. `tokens` and `compounds` say what is written of a concept to find it by.
"""
