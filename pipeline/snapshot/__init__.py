"""A whole workspace as Parquet files with checksums: to be cited, kept, and read back."""
