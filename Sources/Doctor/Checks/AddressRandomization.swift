/// Where the kernel puts programs in memory (ASLR). Some guides turn it off; `harness` wants it on, for every trial anew.
struct AddressRandomization: Check {
  let name = "address layout"
  let cost =
    "one fixed layout favours one program by chance, run after run; drawn anew for each trial it becomes noise that intervals cover (Mytkowicz and others, Producing Wrong Data Without Doing Anything Obviously Wrong, 2009)"

  private static let path = "/proc/sys/kernel/randomize_va_space"

  func examine(_ machine: MachineRoot) -> Seen {
    switch machine.number(Self.path) {
    case 2: .good("randomised, as it should stay")
    case 0: .spoils("fixed", mend: "sysctl -w kernel.randomize_va_space=2")
    case 1: .spoils("randomised, the heap aside", mend: "sysctl -w kernel.randomize_va_space=2")
    default: machine.exists(Self.path) ? .nonsense(Self.path, on: machine) : .absent(on: machine)
    }
  }
}
