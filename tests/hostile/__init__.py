"""Hostile input by seed: grammars and mutations for mails, archives, forms, campaign files and notices.

``python -m tests.hostile COUNT [SEED]`` gives so many pieces to the product and reports what broke a promise.
"""
