"""How fast formkit is: ratios within one run, absolute figures only reported."""
