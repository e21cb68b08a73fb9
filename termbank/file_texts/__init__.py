"""What is written in a file of concepts, column by column, so that it can be searched for identity numbers before it is kept."""
