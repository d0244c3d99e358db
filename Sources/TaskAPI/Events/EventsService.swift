/// containerd's own service, to which shims tell what happens.
public enum EventsService {
  /// The service's name.
  public static var name: String { "containerd.services.events.ttrpc.v1.Events" }
  /// Its only method; the request is a `ForwardRequest`, the answer empty.
  public static var method: String { "Forward" }
}
