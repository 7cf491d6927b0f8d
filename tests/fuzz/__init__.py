"""Real files, spoilt at random: the program says what is wrong with them and never fails over them."""
