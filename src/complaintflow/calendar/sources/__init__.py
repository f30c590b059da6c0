"""Where holidays come from: the built-in list of China, the holidays package, iCalendar."""
