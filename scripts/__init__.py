"""What the Makefile runs: the two environments, training, and running all parts together.

Standard library only, because these run before anything is installed; `serve` apart, which runs in the assistant's
environment. They run on Python 3.10 too, where their tests run.
"""
