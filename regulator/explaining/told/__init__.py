"""Parts of an account as they are told: instants as RFC 3339, drivers by their last four characters.

Codes are those of the contract; ``regulator.console.telling`` says them in words.
"""
