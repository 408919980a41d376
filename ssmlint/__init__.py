"""ssmlint: a static analyser for SSM documents and the DLM policies that call them."""

__version__ = "0.1.0"
