"""The spiders: one for every outlet whose file is enough, and those that need code of their own."""
