"""A plan as a terminal page, JSON or tab-separated text. Nothing here prints."""
