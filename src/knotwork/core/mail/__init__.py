"""Letters that leave the house: every kind is registered, optional kinds can be refused by their reader."""
