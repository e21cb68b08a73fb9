"""A region says that its statements still hold, all of them at once: when, by whom, and of which wordings and questions."""
