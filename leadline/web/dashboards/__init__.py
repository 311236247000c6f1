"""Numbers that are kept: reports under a name, and dashboards made of panels."""
