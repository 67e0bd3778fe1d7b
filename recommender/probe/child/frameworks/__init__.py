"""One adapter per framework, found by its folder's name.

An adapter states who it is (`NAME`, `CANDIDATE`, `TITLE`, `MODULE`, `INSTALL`, the `PACKAGES` whose
versions matter, the `ENVIRONMENT` to set before importing, the variables that hold its `THREADS`
down) and its `PARTS`: the files whose functions are its abilities.
"""
