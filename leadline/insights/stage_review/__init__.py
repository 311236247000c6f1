"""What the data say of a pipeline's stages when they come to be revised (R1, R2)."""
