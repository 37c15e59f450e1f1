"""What is said of the figures: titles, changes and questions, computed from the data."""
