"""Who is here: the list of people, a person's page, letting people in and out."""
