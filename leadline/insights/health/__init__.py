"""The five questions of pipeline health (R16): yes, no or cannot tell, each by a stated rule and with evidence."""
