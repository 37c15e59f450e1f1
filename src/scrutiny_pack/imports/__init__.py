"""A council's own files, made into datasets: the only place that reads workers' data."""
