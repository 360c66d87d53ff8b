"""Guangzhou's interface of 2017 (广州市网约车监管平台), in JSON: a city's dialect of the feed.

It tells the same as the ministry's in other words: ``table`` says which words, and each record is
turned into the ministry's before the ministry's gates and readers.
"""

from regulator.wire.guangzhou.border import Border

__all__ = ["Border"]
