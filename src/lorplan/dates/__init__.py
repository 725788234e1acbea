"""Sets of days, holidays, business days and ERAS seasons."""
