"""What happens next: journeys, lenses, ports, the desk."""
