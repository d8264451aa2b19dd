"""Where it is kept: the log, the blobs, the outbox, the search index."""
