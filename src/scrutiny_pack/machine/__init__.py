"""The machine: setting up the environments, and finding out what is wrong.

Everything here needs only the standard library, because it runs before there is
anything else: ``bootstrap.py`` begins here.
"""
