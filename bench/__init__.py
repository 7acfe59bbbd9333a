"""What Kept costs, measured on the machine it stands on: python -m bench"""
