"""Every part of the design in every state, on one page; served in development only."""
