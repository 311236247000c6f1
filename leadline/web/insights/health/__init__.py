"""The five questions in words, and the lists of deals that they lead to."""
