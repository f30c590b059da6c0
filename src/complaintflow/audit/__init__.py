"""What happened: events, messages, explanations and forecasts as data."""
