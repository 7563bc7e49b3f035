"""The ledger: a folder of Delta Lake tables that keeps documents, readings, actors, claims and corrections."""
