"""Evidence: the tables, charts and key figures that a report can cite."""
