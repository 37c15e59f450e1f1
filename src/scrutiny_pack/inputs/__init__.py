"""Inputs: read a council's files, check them, hand them on."""
