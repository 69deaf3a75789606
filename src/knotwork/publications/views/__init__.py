"""The pages of the library, one module per thing that people do."""
