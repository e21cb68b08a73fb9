"""Concept diagrams as ISO 704 draws them: what is drawn (`graph`), where (`layout`), and as SVG (`drawing`)."""
