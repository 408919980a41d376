"""Typed views over a tree: SSM documents and lifecycle policies."""
