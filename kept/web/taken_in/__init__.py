"""Taking a family in: a child and a parent or main carer, from what somebody says."""
