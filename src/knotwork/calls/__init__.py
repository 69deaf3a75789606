"""The open call: bids, sealed until the deadline; review with reasons; a decision by two; bids that become places."""
