"""What is said of the figures: titles, changes and questions, from the data."""
