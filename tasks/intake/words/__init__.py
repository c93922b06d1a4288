"""What forms and prose alike say: numbers, days, months, the subject."""
