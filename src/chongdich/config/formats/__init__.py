"""How days and numbers are written here (FORMAT_MODULE_PATH): Django's own `vi` reads 02/05/2021 as 5 February."""
