"""CKAN's Action API and the part of Solr's syntax it is asked in."""
