from knotwork.cli import main

main(prog_name="knotwork")
