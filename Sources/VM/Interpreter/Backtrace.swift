/// Walks the frames of a run that trapped, innermost first.
enum Backtrace {
  /// Frames shown of a deep recursion, half from each end.
  static let longest = 100

  static func frames(of state: ExecutionState) -> (frames: [Trap.Frame], omitted: Int) {
    guard let pc = PC(bitPattern: UInt(state.pc)), let sp = SP(bitPattern: UInt(state.sp)), let cx = CX(bitPattern: UInt(state.context))
    else { return ([], 0) }
    return frames(from: Frame(pc: pc, sp: sp, context: Context(cx)))
  }

  /// - Parameter callers: whether the frames below can be found.
  static func frames(from frame: Frame, callers: Bool = true) -> (frames: [Trap.Frame], omitted: Int) {
    var frame = frame
    var places = Places()
    while let code = frame.code {
      places.append(Place(pc: frame.pc, code: code, module: .passUnretained(frame.context.instance.module)))
      if !callers || !frame.moveToCaller(of: code) { break }
    }
    return places.frames()
  }

  /// A frame before it has a name: a deep recursion has a million of them, of which few are shown.
  private struct Place {
    var pc: PC
    var code: FunctionCode.Pointer
    var module: Unmanaged<Module>

    func frame() -> Trap.Frame {
      module._withUnsafeGuaranteedRef { module in
        Trap.Frame(
          function: code.pointee.index, name: module.functionName(code.pointee.index), offset: module.code.moduleOffset(of: pc))
      }
    }
  }

  /// The first places and the last ones, half of `longest` each.
  private struct Places {
    private var innermost: [Place] = []
    /// A ring: place number n of all stands at n % half.
    private var outermost: [Place] = []
    private(set) var count = 0
    private static let half = longest / 2

    mutating func append(_ place: Place) {
      if count < Self.half {
        innermost.append(place)
      } else if outermost.count < Self.half {
        outermost.append(place)
      } else {
        outermost[count % Self.half] = place
      }
      count += 1
    }

    func frames() -> (frames: [Trap.Frame], omitted: Int) {
      let oldest = outermost.count < Self.half ? 0 : count % Self.half
      let places = innermost + outermost[oldest...] + outermost[..<oldest]
      return (places.map { $0.frame() }, count - places.count)
    }
  }
}
