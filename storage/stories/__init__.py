"""Stories, fingerprints and events in the archive, as whoever forms stories asks for them."""
