"""PostgreSQL, and what speaks its protocol: all that this software says to no other engine.

Nothing of it needs the driver until a database is named.
"""
