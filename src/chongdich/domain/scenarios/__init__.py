"""What if: scenarios of an epidemic, what they need, what runs out when, and what is registered against it."""
