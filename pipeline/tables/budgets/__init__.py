"""From a grid to a budget table: years, units, figures in kr. and årsværk, sums checked, doubts refused."""
