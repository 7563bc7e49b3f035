"""What the API answers, as typed records; the app's client is generated from them."""
