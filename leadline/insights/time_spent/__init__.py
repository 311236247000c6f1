"""Where time goes, and what internal meetings cost (R37). Pure: counted activities and sittings in, time out."""
