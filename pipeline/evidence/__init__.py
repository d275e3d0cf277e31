"""Evidence in the house: what runs received is hashed, days are signed, records kept and packed."""
