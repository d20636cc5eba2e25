"""What figures of several tables and documents say together: sums, checks, comparisons, copies."""
