"""Tables that the build computes from loaded ones."""
