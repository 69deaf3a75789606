"""What every page stands on: the shell, the stylesheet, the components, figures, refusals and the log."""
