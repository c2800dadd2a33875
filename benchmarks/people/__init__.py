"""People at scale: finding, probable duplicates. Run by hand: `python -m benchmarks.people.run --help`."""
