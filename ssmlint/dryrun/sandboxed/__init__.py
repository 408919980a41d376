"""The world of a sandbox: processes ask through pipes, and one event loop answers them."""
