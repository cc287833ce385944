"""The outside world, one thing per file. Each implements a port."""
