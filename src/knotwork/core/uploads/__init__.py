"""Files that people hand in: bounded, of known kinds, kept under the home folder, served with a rule."""
