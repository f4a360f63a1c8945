"""What confines a process on Linux. It knows neither notebooks nor the course."""
