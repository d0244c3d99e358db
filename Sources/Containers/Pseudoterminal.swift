import Glibc

/// The container's own terminal (pty(7)), made inside it so that its name means something there.
public struct Pseudoterminal {
  /// The side that the shim copies from and to.
  public let master: Int32
  /// The side that becomes the process's standard streams.
  public let slave: Int32

  /// Makes one from the container's devpts.
  ///
  /// - Parameter showsConsole: `/dev/console` becomes this terminal (config-linux.md, "Default Devices").
  /// - Throws: where the container has no /dev/pts.
  public init(owner: uid_t, showsConsole: Bool) throws(ContainerError) {
    // TIOCSPTLCK unlocks, TIOCGPTN gives the number (ioctl_tty(2)).
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard master >= 0 else { throw ContainerError(failed: "open /dev/ptmx for the terminal") }
    var unlocked: Int32 = 0
    var number: UInt32 = 0
    guard ioctl(master, 0x4004_5431, &unlocked) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
      throw ContainerError(failed: "unlock the terminal")
    }
    let name = "/dev/pts/\(number)"
    slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard slave >= 0 else { throw ContainerError(failed: "open \(name)") }
    fchown(slave, owner, gid_t.max)
    if showsConsole {
      let console = Linux.copyOfMount(at: name, recursive: false)
      guard console >= 0 else { throw ContainerError(failed: "open \(name)") }
      defer { close(console) }
      let place = try MountPoint(file: "/dev/console")
      defer { place.close() }
      try place.attach(console, MountOptions([]), name: name)
    }
  }

  /// Makes the terminal the controlling one of a new session of this process, and its standard streams.
  public func becomeStandardStreams() {
    setsid()
    _ = ioctl(slave, UInt(TIOCSCTTY), 0)
    for number in 0...2 as ClosedRange<Int32> { dup2(slave, number) }
  }

  /// TIOCSWINSZ; a size of nothing leaves the terminal as it is.
  public static func resize(_ terminal: Int32, width: UInt32, height: UInt32) {
    var size = winsize()
    size.ws_col = UInt16(truncatingIfNeeded: width)
    size.ws_row = UInt16(truncatingIfNeeded: height)
    _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
  }
}
