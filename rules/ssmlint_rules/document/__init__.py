"""Rules about the structure of an SSM document and its parameters (SSM1.. SSM4..)."""
