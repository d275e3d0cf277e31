"""The archive itself: batches are loaded into it, articles and their past are read from it."""
