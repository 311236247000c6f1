"""The letters that wait for a mail account: one's own; an administrator's are all."""
