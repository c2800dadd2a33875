"""The inbox: what each account is told, in the application first and by mail through a port."""
