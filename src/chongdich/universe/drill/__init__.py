"""The drill: a simulated outbreak plays through the doors of the application, beside the people who practise."""
