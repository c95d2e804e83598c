"""Search: folding, tokens, terms, finding and snippets."""
