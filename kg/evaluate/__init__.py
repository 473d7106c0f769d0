"""Scoring annotations against gold."""
