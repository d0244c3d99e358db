/// What the virtual machine asks of the processor.
///
/// A target of its own: the virtual machine is compiled for x86-64-v3 throughout, so any of its functions may contain instructions that an
/// older processor does not have. What is here runs on every x86-64.
public enum Processor {
  /// The features of x86-64-v3 (x86-64 psABI, "Micro-Architecture Levels") that this processor lacks or the operating system does not
  /// let us use, by name and separated by commas; nil if none is missing. Costs a few loads: the C library asked the processor when the
  /// process started.
  @inline(never)
  public static func missingFeatures() -> String? {
    var missing = ""
    func need(_ name: String, _ leaf: Leaf, _ register: Register, bit: UInt32) {
      // Four words say what the processor has, four what can be used.
      let active = processorFeatures(leaf.rawValue)[4 + register.rawValue]
      if active >> bit & 1 == 0 { missing += missing.isEmpty ? name : ", \(name)" }
    }
    // AVX counts as active only where the operating system saves its registers.
    need("AVX", .basic, .c, bit: 28)
    need("AVX2", .structured, .b, bit: 5)
    need("BMI1", .structured, .b, bit: 3)
    need("BMI2", .structured, .b, bit: 8)
    need("F16C", .basic, .c, bit: 29)
    need("FMA", .basic, .c, bit: 12)
    need("LZCNT", .extended, .c, bit: 5)
    need("MOVBE", .basic, .c, bit: 22)
    need("POPCNT", .basic, .c, bit: 23)
    return missing.isEmpty ? nil : missing
  }

  /// Whether there is an instruction for products of lanes of 64 bits (AVX-512 DQ and VL): x86-64-v3 has none.
  @inline(never)
  public static func hasProductsOf64Bits() -> Bool {
    let active = processorFeatures(Leaf.structured.rawValue)[4 + Register.b.rawValue]
    return active >> 17 & 1 != 0 && active >> 31 & 1 != 0
  }

  /// CPUID leaves 1, 7 and 0x80000001, by the C library's numbers.
  private enum Leaf: UInt32 { case basic, structured, extended }
  private enum Register: Int { case a, b, c, d }

  /// What to tell a user whose processor lacks `features`.
  public static func explanation(missing features: String) -> String {
    "this processor lacks \(features): wvm needs an x86-64-v3 processor (Intel since Haswell, AMD since Excavator)"
  }
}

/// The C library's copy of a CPUID leaf (glibc 2.33, <sys/platform/x86.h>).
@_silgen_name("__x86_get_cpuid_feature_leaf")
private func processorFeatures(_ leaf: UInt32) -> UnsafePointer<UInt32>
