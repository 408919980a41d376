"""Checking, in a process of its own.

A check is computing and nothing else.  In a thread beside the loop that serves the editor
it would hold the interpreter's lock: measured, every message then waits up to 70 ms.  So the
server starts a process (`checker`), tells it what the editor has open (`messages`), and gets back what is found there.  The process keeps what it has read and found
(`session`), and drops a check when the next one is asked for (`loop`).
"""
