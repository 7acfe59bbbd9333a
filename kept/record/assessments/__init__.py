"""What others found of a child: screening, feeding, vaccines. Read-only here: nobody of ours enters it."""
