"""What the room of cases answers."""
