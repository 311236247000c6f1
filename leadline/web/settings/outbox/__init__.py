"""What has become of letters: one's own; an administrator's are all."""
