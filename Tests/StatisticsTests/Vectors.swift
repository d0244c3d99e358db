/// Start-up times in milliseconds; the i-th numbers of `a` and `b` are a pair.
enum Vectors {
  static let a = [12.41, 12.38, 12.55, 12.47, 12.40, 12.62, 12.44, 12.51, 12.39, 12.46, 13.90, 12.43]
  static let b = [12.96, 12.88, 13.05, 12.91, 12.99, 13.12, 12.94, 13.01, 12.90, 12.97, 13.04, 14.75]
  /// Values with ties, within and between.
  static let t1: [Double] = [10, 11, 11, 12, 13, 13, 13, 14, 15, 16]
  static let t2: [Double] = [11, 12, 13, 13, 14, 14, 15, 16, 17, 19]
}

/// Equal to 12 significant digits.
func agrees(_ x: Double?, _ y: Double, within tolerance: Double = 1e-12) -> Bool {
  guard let x else { return false }
  return abs(x - y) <= tolerance * max(abs(y), 1e-300)
}
