"""What runs inside the examined interpreter: the standard library and the framework, no more.

Every file here must parse on Python 3.9, and none may import a framework at its top but
the parts of its adapter, which are imported when a check first asks for them.
"""
