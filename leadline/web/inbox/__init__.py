"""The inbox of leads: those that wait for somebody, the hottest first, worked by keyboard."""
