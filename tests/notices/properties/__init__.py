"""What holds of every definition, whatever it says."""
