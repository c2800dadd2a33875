"""The house for programs: the same desk, lenses and journeys as the pages, in JSON, below /api/v1/."""
