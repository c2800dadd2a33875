"""Settings: `base` for everything, `test` for the tests. What differs between sites comes from the environment."""
