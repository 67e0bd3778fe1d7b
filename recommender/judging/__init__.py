"""From a profile and a pack to points, a ranking, an outcome and the reasons for it."""
