"""Reading across rooms: home, the page of a programme, the page of a place, and a letter to the team."""
