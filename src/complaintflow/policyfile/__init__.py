"""Policy files: reads and writes TOML, and says file and line."""
