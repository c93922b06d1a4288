"""What has to be handed in, by when, by whom: in sentences, in tables, in what several share."""
