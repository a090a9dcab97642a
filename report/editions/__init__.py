"""Editions: frozen, citable, comparable states of the report.

What is cited and how (``record``, ``styles``, ``linked``), what an edition got wrong (``errata``), what
differs between two (``snapshot``, ``changes``), and what is handed out (``stamp``, ``release``, ``crate``,
``shelf``).
"""
