"""The Department for Education's statistics of the children's social work workforce.

Obtained, pinned and checked; read from every shape of release into one long form;
and compared. The functions for a command line are in `scrutiny_pack.dfe.commands`.
"""
