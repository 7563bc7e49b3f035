"""How a stage is run over many inputs: on this machine, over its cores."""
