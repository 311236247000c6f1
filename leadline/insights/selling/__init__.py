"""What numbers of people and of work say together: bars, signs, relations, symptoms, pace. Pure functions of rows."""
