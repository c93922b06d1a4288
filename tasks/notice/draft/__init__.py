"""From a notice's text to a draft campaign: rules only, offline, every value with its quote."""
