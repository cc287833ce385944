"""The sample site: invented outlets, served from this machine."""
