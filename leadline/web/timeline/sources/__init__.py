"""The tables from which the stream is drawn, each newest first and each behind a mark."""
