"""What EquivarianceExplorer compares: layers on a picture and on the same picture moved."""
