"""Posts, think pieces, papers and case studies."""
