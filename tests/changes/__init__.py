"""Two versions compared, and the version number that their difference demands."""
