import Digest
import Glibc

/// A folder of compiled modules, by what they were compiled from. Many processes use it at once.
///
/// - `HASH.code` is a `CompiledImage`. HASH is the digest of the module, the program's build, the features and the processor's. Files are written aside and
///   renamed, so a file is whole or not there, and never changed afterwards.
/// - `files/NAME` remembers a module's file by its inode, size and times, so that a module need not be read to be found, and the image's own,
///   so that its digests need not be checked again as long as it is the same file.
///
/// Whoever can write to the folder can make us run anything: it has to be ours, and writable to nobody else.
public struct CodeCache: Sendable {
  /// Bytes of images that are kept: the ones used least lately go.
  public static let standardBytes = 1 << 30

  /// The folder and the one in it, as descriptors: a process that has left the file system for a container's still reaches them.
  public let descriptors: (folder: Int32, files: Int32)
  public let mostBytes: Int

  /// Why a folder is not used.
  public struct Refusal: Error, CustomStringConvertible {
    public let description: String
  }

  /// Takes a folder, or makes it. It stays open until `close`.
  public init(folder: String, mostBytes: Int = CodeCache.standardBytes) throws(Refusal) {
    self.mostBytes = mostBytes
    let outer = try Self.prepare(folder)
    do throws(Refusal) {
      descriptors = (outer, try Self.prepare(folder + "/files"))
    } catch {
      Glibc.close(outer)
      throw error
    }
  }

  /// Takes what `descriptors` of another cache have become.
  public init(folder: Int32, files: Int32, mostBytes: Int = CodeCache.standardBytes) {
    descriptors = (folder, files)
    self.mostBytes = mostBytes
  }

  /// Nothing of the folder can be reached any more; images that were found stay.
  public func close() {
    Glibc.close(descriptors.folder)
    Glibc.close(descriptors.files)
  }

  private static func prepare(_ path: String) throws(Refusal) -> Int32 {
    var status = stat()
    if lstat(path, &status) != 0 {
      makeParents(path)
      guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
        throw Refusal(description: "\(path): cannot be made: \(String(cString: strerror(errno)))")
      }
    }
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
      throw Refusal(description: "\(path): is no folder that can be opened: \(String(cString: strerror(errno)))")
    }
    var reason: String?
    if status.st_uid != geteuid() { reason = "belongs to another user; take a folder of your own" }
    if status.st_mode & 0o022 != 0 { reason = "others can write to it; chmod go-w \(path), or take another folder" }
    guard let reason else { return descriptor }
    Glibc.close(descriptor)
    throw Refusal(description: "\(path): \(reason)")
  }

  private static func makeParents(_ path: String) {
    for index in path.indices where path[index] == "/" && index != path.startIndex { mkdir(String(path[..<index]), 0o700) }
  }

  private struct Memory {
    var magic = CompiledImage.magic
    var module = FileIdentity()
    var image = FileIdentity()
    var key = CompiledImage.Digest32(repeating: 0)
    var features: UInt64 = 0
    var build = BuildIdentity.Value(repeating: 0)
  }

  // MARK: Finding

  /// The image of a module's file, if it is known and unchanged. Nothing of the module is read.
  public func image(ofFile path: UnsafePointer<CChar>, features: Features) -> CompiledImage? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let identity = FileIdentity(status)
    guard let memory = memory(of: identity, features), let image = openImage(memory.key, features, expected: memory.image) else {
      return nil
    }
    // Seen through another device, the same numbers can be another file's.
    guard memory.module.device == identity.device || image.isOf(file: path) else { return nil }
    return image
  }

  /// What is remembered of a module's file.
  private func memory(of identity: FileIdentity, _ features: Features) -> Memory? {
    guard let memory = read(identity.name), memory.module.isEqual(identity),
      memory.features == CompiledImage.word(features)
    else { return nil }
    let build = BuildIdentity.value()
    for index in 0..<build.count where memory.build[index] != build[index] { return nil }
    return memory
  }

  /// What is remembered under a name.
  private func read(_ name: String) -> Memory? {
    var memory = Memory()
    let file = openat(descriptors.files, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { return nil }
    let count = withUnsafeMutableBytes(of: &memory) { Glibc.read(file, $0.baseAddress!, $0.count) }
    Glibc.close(file)
    return count == MemoryLayout<Memory>.size && memory.magic == CompiledImage.magic ? memory : nil
  }

  /// Whether it is known that a module's machine code cannot be kept: trying again would compile all of it for nothing.
  private func isRefused(_ file: FileIdentity?, _ features: Features) -> Bool {
    guard let file, let memory = memory(of: file, features) else { return false }
    return CompiledImage.equal(memory.key, CompiledImage.Digest32(repeating: 0))
  }

  /// The image of a module by its content.
  public func image(of bytes: ModuleBytes, features: Features) -> CompiledImage? {
    let digest = CompiledImage.digest(UnsafeRawBufferPointer(start: bytes.base, count: bytes.count))
    guard let image = openImage(Self.key(digest, features), features, expected: nil), image.isOf(digest) else { return nil }
    return image
  }

  /// Opens an image; one that is damaged goes away, to be made again.
  private func openImage(_ key: CompiledImage.Digest32, _ features: Features, expected: FileIdentity?) -> CompiledImage? {
    let name = Self.name(key)
    let descriptor = openat(descriptors.folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    // What others can have written is not run, and makes room for what is ours.
    guard fstat(descriptor, &status) == 0, status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
      Glibc.close(descriptor)
      unlinkat(descriptors.folder, name, 0)
      return nil
    }
    let isTrusted = expected.map { $0.isEqual(FileIdentity(status)) } ?? false
    do throws(CompiledImage.Unusable) {
      return try CompiledImage(descriptor: descriptor, features: features, isTrusted: isTrusted)
    } catch {
      unlinkat(descriptors.folder, name, 0)
      return nil
    }
  }

  private static func key(_ module: CompiledImage.Digest32, _ features: Features) -> CompiledImage.Digest32 {
    var bytes: [UInt8] = []
    withUnsafeBytes(of: module) { bytes += $0 }
    withUnsafeBytes(of: BuildIdentity.value()) { bytes += $0 }
    withUnsafeBytes(of: CompiledImage.word(features)) { bytes += $0 }
    return bytes.withUnsafeBytes { CompiledImage.digest($0) }
  }

  private static func name(_ key: CompiledImage.Digest32) -> String {
    var name = ""
    withUnsafeBytes(of: key) { for byte in $0 { name += (byte < 16 ? "0" : "") + String(byte, radix: 16) } }
    return name + ".code"
  }

  // MARK: Keeping

  /// Compiles a module and keeps its image. Failing to is no error: the next run compiles again.
  /// - Parameter file: the module's file, to find it by, as it was when it was read: another may have taken its name since.
  @discardableResult
  public func keep(_ module: Module, of file: FileIdentity?) -> Bool {
    let features = module.validation.features
    guard !isRefused(file, features) else { return false }
    let digest = CompiledImage.digest(UnsafeRawBufferPointer(start: module.bytes.base, count: module.bytes.count))
    let key = Self.key(digest, features)
    let destination = Self.name(key)
    var status = stat()
    if fstatat(descriptors.folder, destination, &status, 0) != 0 {
      guard let bytes = try? module.compiledImage() else {
        if let file { remember(Memory(module: file, features: CompiledImage.word(features), build: BuildIdentity.value())) }
        return false
      }
      guard write(bytes, to: destination, in: descriptors.folder),
        fstatat(descriptors.folder, destination, &status, 0) == 0
      else { return false }
      evict(keeping: destination)
    }
    guard let file else { return true }
    let memory = Memory(
      module: file, image: FileIdentity(status), key: key, features: CompiledImage.word(features), build: BuildIdentity.value())
    return remember(memory)
  }

  @discardableResult
  private func remember(_ memory: Memory) -> Bool {
    withUnsafeBytes(of: memory) { write(Array($0), to: memory.module.name, in: descriptors.files) }
  }

  private func write(_ bytes: [UInt8], to destination: String, in folder: Int32) -> Bool {
    WholeFile.write(bytes, to: destination, in: folder, mode: 0o600) == nil
  }

  // MARK: Letting go

  /// Keeps the folder below its bound, and takes away what writers that were killed have left and what is remembered of images that are gone.
  private func evict(keeping: String) {
    var images: [(name: String, used: Int, bytes: Int)] = []
    var total = 0
    Self.eachFile(in: descriptors.folder) { name, status in
      guard name.hasSuffix(".code") else { return }
      total += Int(status.st_size)
      if name != keeping { images.append((name, max(status.st_atim.tv_sec, status.st_mtim.tv_sec), Int(status.st_size))) }
    }
    images.sort { $0.used < $1.used }
    for image in images {
      guard total > mostBytes else { break }
      unlinkat(descriptors.folder, image.name, 0)
      total -= image.bytes
    }
    Self.eachFile(in: descriptors.files) { name, status in
      if !isOfUse(name) { unlinkat(descriptors.files, name, 0) }
    }
  }

  /// Whether what is remembered under a name leads to an image that is there, or says that there can be none.
  private func isOfUse(_ name: String) -> Bool {
    guard let memory = read(name) else { return false }
    var status = stat()
    return CompiledImage.equal(memory.key, CompiledImage.Digest32(repeating: 0))
      || fstatat(descriptors.folder, Self.name(memory.key), &status, AT_SYMLINK_NOFOLLOW) == 0
  }

  /// Calls `body` for every file but those that are being written; such as have been for ten minutes are of writers that were killed.
  private static func eachFile(in folder: Int32, _ body: (String, stat) -> Void) {
    let again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard again >= 0, let stream = fdopendir(again) else { return }
    defer { closedir(stream) }
    let now = time(nil)
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      var status = stat()
      guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      if name.hasSuffix("~") {
        if now - status.st_mtim.tv_sec > 600 { unlinkat(folder, name, 0) }
      } else {
        body(name, status)
      }
    }
  }
}
