"""What waits for this person today."""
