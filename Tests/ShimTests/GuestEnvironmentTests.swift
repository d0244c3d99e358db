import TestSupport
import Testing

@testable import Shim

@Suite("What a guest finds around it")
struct GuestEnvironmentTests {
  @Test func `what image and user say stands`() {
    let said = ["HOME=/mine", "PWD=/there", "A=1"]
    #expect(GuestEnvironment.completed(said, user: 0, workingFolder: "/work") == said)
  }

  @Test func `home and a working folder that is not the root are added`() {
    let completed = GuestEnvironment.completed(["A=1"], user: 4_294_967_000, workingFolder: "/work")
    #expect(completed == ["A=1", "HOME=/", "PWD=/work"])
    #expect(GuestEnvironment.completed([], user: 4_294_967_000, workingFolder: "/") == ["HOME=/"])
  }

  @Test func `a user's home is found in the container's passwd, whatever else is in there`() {
    let text = "root:x:0:0:root:/root:/bin/sh\n\nhalf:x:7\n:::::::\nbad:x:-1:0::/bad:\nempty:x:8:8:::\nweb:x:33:33:a:/var/www:/bin/false"
    #expect(UserDatabase.home(of: 0, in: Array(text.utf8)) == "/root")
    #expect(UserDatabase.home(of: 33, in: Array(text.utf8)) == "/var/www")
    for user: UInt32 in [7, 8, 99, .max] { #expect(UserDatabase.home(of: user, in: Array(text.utf8)) == nil, "\(user)") }
    #expect(UserDatabase.home(of: 0, path: "/dev/zero") == nil)
    #expect(UserDatabase.home(of: 0, path: "/nothing/here") == nil)
  }

  @Test func `a client's small init is left out, and nothing else is`() {
    #expect(InitProgram.wordsBehind(["/sbin/docker-init", "--", "/app.wasm", "--", "x"]) == ["/app.wasm", "--", "x"])
    for words in [[], ["/app.wasm"], ["/sbin/docker-init", "--"], ["/sbin/docker-init", "-v", "/app.wasm"], ["/app.wasm", "--", "x"]] {
      #expect(InitProgram.wordsBehind(words) == nil, "\(words)")
    }
  }

  @Test func `a program that is not there is named in words that clients know`() {
    var said = ""
    do { _ = try EntryPoint("/nothing/here.wasm", workingFolder: "/", environment: []) } catch { said = "\(error)" }
    #expect(said.contains("/nothing/here.wasm") && said.contains("no such file or directory"), "\(said)")
  }
}
