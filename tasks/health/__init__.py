"""Whether everything a campaign will need is there, asked before the day."""
