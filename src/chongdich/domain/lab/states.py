"""A result stands, or was superseded. Pure."""

RESULT = {"stands": "có hiệu lực", "superseded": "đã đính chính"}
