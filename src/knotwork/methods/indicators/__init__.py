"""Methods for indicators (MEASURE): rates and proportions of places with honest limits."""
