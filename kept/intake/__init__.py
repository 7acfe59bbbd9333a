"""What others tell us: messages, read into plain values with everything that is wrong with them."""
