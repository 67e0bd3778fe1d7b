"""What everything else speaks of: packs, profiles, conditions, observations and faults."""
