"""Why there is, or is no, finding: an account of a verdict. Pure: facts in, an account out."""
