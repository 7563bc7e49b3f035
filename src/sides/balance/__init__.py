"""The signed network of a day: its camps, how far it is from balance, the strain on each tie. See `docs/balance.md`."""
