"""Readings, one module a chapter: tables in, readings out."""
