"""What becomes mail, and when: decided by values alone, without a clock or a database."""
