// Replaced by the executable's first file.
