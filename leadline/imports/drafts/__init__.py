"""Files that are put down on the page: kept privately, looked through, decided upon, tried out, then written."""
