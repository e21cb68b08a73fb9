"""Whether regions' figures can be compared, concept by concept: a matrix with reasons, and what regions answer before it goes out."""
