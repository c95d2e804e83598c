"""The query language: values, parameters, cursors."""
