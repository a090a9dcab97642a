"""This article's evidence: a folder a chapter, named as the chapter, each with the same rooms.

``series`` turns tables into measures, ``readings`` measures into readings, ``charts`` measures into published
charts, and ``numbers`` names the numbers that the chapter's prose quotes.
"""
