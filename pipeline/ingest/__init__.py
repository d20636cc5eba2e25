"""The batch run: from folders of files to the store and the index, doing only what is new or stale."""
