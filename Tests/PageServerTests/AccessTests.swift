import Testing

@testable import PageServer

@Suite struct AccessTests {
  @Test(arguments: ["localhost", "localhost:7878", "127.0.0.1:1", "[::1]:7878", "LOCALHOST"])
  func this_machine_is_answered_under_its_own_names(host: String) {
    #expect(Access(token: nil).refusal(host: host, authorization: nil, cookie: nil, query: nil) == nil)
  }

  /// A page of another site could have its name lead here (DNS rebinding).
  @Test(arguments: ["evil.example", "evil.example:7878", "127.0.0.1.evil.example", "", "localhost.evil.example:7878"])
  func another_name_is_refused(host: String) {
    #expect(Access(token: nil).refusal(host: host, authorization: nil, cookie: nil, query: nil)?.status == 403)
  }

  @Test func a_token_is_taken_from_each_of_three_places_and_nothing_else_will_do() {
    let access = Access(token: "0123456789abcdef")
    func refusal(_ authorization: String?, _ cookie: String?, _ query: String?) -> Int? {
      access.refusal(host: "anywhere", authorization: authorization, cookie: cookie, query: query)?.status
    }
    #expect(refusal("Bearer 0123456789abcdef", nil, nil) == nil)
    #expect(refusal(nil, "a=b; harness-token=0123456789abcdef", nil) == nil)
    #expect(refusal(nil, nil, "0123456789abcdef") == nil)
    #expect(refusal(nil, nil, nil) == 401)
    #expect(refusal("Bearer 0123456789abcdeX", nil, nil) == 401)
    #expect(refusal("Bearer 0123456789abcde", nil, nil) == 401)
    #expect(refusal("0123456789abcdef", nil, nil) == 401)
    #expect(refusal(nil, "harness-token=", "") == 401)
  }

  @Test(arguments: [
    ("127.0.0.1", true), ("localhost", true), ("::1", true), ("127.8.9.1", true), ("0.0.0.0", false), ("::", false), ("10.0.0.1", false),
    ("127.evil", false),
  ])
  func loopback_is_known(address: String, isLoopback: Bool) {
    #expect(Access.isLoopback(address) == isLoopback)
  }
}
