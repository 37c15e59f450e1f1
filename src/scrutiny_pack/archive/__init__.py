"""Archives: one file that proves itself, and can be run again to the same bytes.

An archive is a zip of a BagIt bag (RFC 8493), whose payload is a pack and all that it
was made from, described by an RO-Crate. ``making`` writes one, ``verifying`` checks one;
docs/archive.md says what is in it and what each check looks at.
"""
