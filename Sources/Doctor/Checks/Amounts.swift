/// `3.2 GiB`, `640 MiB`.
func bytes(kibibytes: Int) -> String {
  let mebibytes = Double(kibibytes) / 1024
  if mebibytes < 1 { return "\(kibibytes) KiB" }
  if mebibytes < 1024 { return "\(Int(mebibytes.rounded())) MiB" }
  return "\(oneDecimal(mebibytes / 1024)) GiB"
}

/// `0 %`, `0.4 %`, `37 %`.
func percent(_ share: Double) -> String {
  let value = share * 100
  return (value >= 10 ? "\(Int(value.rounded()))" : oneDecimal(value)) + " %"
}

private func oneDecimal(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
}
