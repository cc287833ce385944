"""Policywire: from news feeds to cited brief drafts about AI policy.

The data flow is the listing of `stages/`: fetch, extract, classify, cluster, draft, digest.
"""

__version__ = "0.1.0"
