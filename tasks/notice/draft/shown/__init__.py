"""A draft as the campaign file to complete, as JSON, as questions and as what has changed."""
