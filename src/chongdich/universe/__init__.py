"""A small believable province, built through the journeys: demonstration, tests, drill, benchmarks."""
