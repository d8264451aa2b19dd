"""Paperless meetings for offices with a big screen, laptops and a LAN."""

__version__ = "0.1.0"
