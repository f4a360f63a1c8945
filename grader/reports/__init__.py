"""What goes out of a class: the report, the exports, the list of similar answers."""
