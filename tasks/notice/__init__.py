"""The notice made workable: campaign file, calendar, deadlines."""
