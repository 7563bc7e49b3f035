"""A ledger for agents: a server of the Model Context Protocol, which answers with evidence and changes nothing."""
