import Glibc

/// Turns `name` into each of the other names of a folder by turns, on a thread of its own.
public final class Swapper: @unchecked Sendable {
  private let inside: String
  private let names: [String]
  private var thread = pthread_t()
  private let stopped = UnsafeMutablePointer<Int32>.allocate(capacity: 1)

  public init(_ inside: String, _ names: [String]) {
    self.inside = inside
    self.names = names
    stopped.initialize(to: 0)
    let context = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, nil,
      { context in
        let swapper = Unmanaged<Swapper>.fromOpaque(context!).takeRetainedValue()
        swapper.run()
        return nil
      }, context)
  }

  private func run() {
    let swapped = inside + "/name"
    while stopped.pointee == 0 {
      for name in names {
        rename(inside + "/" + name, swapped)
        rename(swapped, inside + "/" + name)
      }
    }
  }

  public func stop() {
    stopped.pointee = 1
    pthread_join(thread, nil)
    stopped.deallocate()
  }
}
