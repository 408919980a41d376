"""The symbolic run: one script, executed for every way it can go.

`values` says what is known of a text, `state` what is known at one point of one path,
`expand` turns words into fields, `conditions` decides tests, `builtins` and `interpreter`
carry out statements.  `ssmlint.shell.stages` asks for one run per stage.
"""
