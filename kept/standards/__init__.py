"""What others fixed: numbers, ages and codes that this program keeps to and does not decide. Pure."""
