"""Assignment: the rules by which leads that nobody has get an owner, tried out and explained."""
