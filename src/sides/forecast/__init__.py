"""What is likely next: questions about events to come, forecasters, back-tests."""
