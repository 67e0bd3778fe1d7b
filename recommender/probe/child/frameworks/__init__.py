"""One adapter per framework, found by its folder's name.

An adapter states who it is (`NAME`, `CANDIDATE`, `TITLE`, `MODULE`, the `PACKAGES` whose
versions matter, the `ENVIRONMENT` to set before importing, the variables that hold its `THREADS`
down) and its `PARTS`: the names of the files whose functions are its abilities. These import the
framework at their top, so nothing but a check that runs imports them.
"""
