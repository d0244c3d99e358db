import OCI

/// Filters of profiles that were compiled before: containers of one client nearly always have the same profile.
public struct SeccompCache {
  private var filters: [(profile: RuntimeSpec.Seccomp, filter: SeccompFilter)] = []
  /// Profiles that are kept; the one that was not asked for longest goes first.
  private let capacity: Int

  /// Empty.
  public init(capacity: Int = 4) { self.capacity = max(capacity, 1) }

  /// The profile's filter, compiled unless it was before.
  ///
  /// - Throws: as `SeccompFilter.init`.
  public mutating func filter(_ profile: RuntimeSpec.Seccomp) throws(ContainerError) -> SeccompFilter {
    if let index = filters.firstIndex(where: { $0.profile == profile }) {
      let known = filters.remove(at: index)
      filters.append(known)
      return known.filter
    }
    let filter = try SeccompFilter(profile)
    if filters.count == capacity { filters.removeFirst() }
    filters.append((profile, filter))
    return filter
  }
}
