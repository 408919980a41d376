"""The language server: the engine's findings and facts, for editors.

`ssmlint lsp` imports this package by name, so that the engine stays free of it, and calls
`serve_stdio` or `serve_tcp` of `transport`.
"""
