"""What this book costs beside the plain way of doing the same: data against pandas,
build and page against stock.
"""
