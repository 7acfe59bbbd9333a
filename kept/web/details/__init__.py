"""Who somebody of a family is, and where and how they are reached: changed, with what was recorded before."""
