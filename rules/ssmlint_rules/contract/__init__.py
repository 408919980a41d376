"""Rules about what Data Lifecycle Manager expects of a pre/post document (DLM0..)."""
