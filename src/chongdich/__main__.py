from chongdich.config.cli import main

main()
