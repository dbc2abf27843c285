"""Files for the user: CSV, XLSX, PNG and SVG."""
