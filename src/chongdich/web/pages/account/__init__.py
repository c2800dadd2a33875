"""My account: posts, password, second factor, keys for programs."""
