"""The page Time spent (R37): where time goes, and for leaders what internal meetings cost."""
