"""What `helpline` can do, one command a file."""
