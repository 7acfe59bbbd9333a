"""The statements of the two notices, a file for each of their sections: what is promised, tried, and broken to see."""
