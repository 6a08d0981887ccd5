"""Who works at the desk: people, their roles, how they log in and what each may do."""
