/// Where a guest's path starts, and what an absolute symbolic link on its way starts from.
struct PathStart {
  /// `..` does not lead above it.
  let directory: Int32
  /// The folder that the guest calls `/`, if `directory` lies in one. Elsewhere an absolute link means nothing to the guest.
  let root: Int32?

  /// The root, for a link with absolute content that was found in `directory`.
  ///
  /// - Throws: `perm` where there is no root, `loop` for a magic link (proc(5)): its content only says what the kernel calls the file that
  ///   it would jump to.
  func rootOfAbsoluteLink(in directory: Int32) throws(Errno) -> Int32 {
    guard let root else { throw .perm }
    guard !ProcessFiles.isHere(directory) else { throw .loop }
    return root
  }
}
