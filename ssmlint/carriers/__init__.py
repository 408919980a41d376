"""Finding the documents and policies that a file carries."""
