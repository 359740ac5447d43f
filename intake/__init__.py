"""The intake desk: the waitlist, the forms in, the answers to them and the papers before a session."""
