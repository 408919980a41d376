"""The symbolic run: one script, executed for every way it can go.

From the bottom: `values` says what is known of a text and `state` what is known at one point of
one path; `parameters`, `expand` and `segments` turn words into fields, `conditions` decides tests,
`streams` and `meanings` look at commands.  `running` is what the parts (`builtins`, `loops`,
`jobs` ...) ask of the whole, and `interpreter` is that whole.  `ssmlint.shell.stage_runs` asks for
one run per stage.
"""
