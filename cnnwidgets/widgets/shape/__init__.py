"""ShapeExplorer's stacks: the trait that holds one, and those to start from."""
