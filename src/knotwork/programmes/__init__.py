"""The programme: who is in it, what it is for, its places with their issues, and what each partner gives."""
