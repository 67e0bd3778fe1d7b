"""What runs inside the examined interpreter: stdlib and the framework under examination, no more.

Every file here must parse on Python 3.9, and none may import a framework at its top.
"""
