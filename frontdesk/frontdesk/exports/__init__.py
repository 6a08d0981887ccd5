"""What leaves the desk as a file: tables for other programs, pages for paper, examples for the assistant."""
