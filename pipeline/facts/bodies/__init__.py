"""Names of political bodies: committees, councils and boards, in full, shortened and clipped."""
