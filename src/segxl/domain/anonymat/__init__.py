"""A portfolio that somebody outside the firm may read: figures, and nobody in them."""
