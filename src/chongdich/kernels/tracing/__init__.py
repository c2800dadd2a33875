"""Who met whom: presences in, contacts out."""
