"""Intake of survey workbooks: safe reading, tables and headers, matching, problems by cell."""
