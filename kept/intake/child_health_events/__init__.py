"""National child-health events: FHIR STU3 message bundles, read into plain values (DAPB3009)."""
