"""Questions to a graph: plain functions over a store, a module for each family."""
