"""What others do appears by itself: pages ask every two seconds what is new behind their cursor in the log."""
