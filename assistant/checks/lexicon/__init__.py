"""What the phrase and title checks know: fixed phrases, confusions of sound and shape, names of regulations."""
