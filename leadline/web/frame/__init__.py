"""What every page stands in: templates, formats, headers, static files, errors."""
