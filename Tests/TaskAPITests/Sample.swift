import Protobuf
import TaskAPI
import Testing

/// Bytes and the message they are: what can be done with any message, whatever its type.
struct Sample: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let bytes: [UInt8]
  /// Reads bytes as a message of this type and writes it again.
  let readAndWrite: @Sendable ([UInt8]) throws(WireError) -> [UInt8]

  init<Content: Message>(_ type: Content.Type, _ bytes: [UInt8]) {
    testDescription = "\(type), \(bytes.count) bytes"
    self.bytes = bytes
    readAndWrite = { (bytes) throws(WireError) in try Content(reading: bytes).encode() }
  }

  init<Content: Message>(_ type: Content.Type, _ text: String) { self.init(type, hexadecimal(text)) }

  static let recorded: [Sample] = [
    Sample(CreateTaskRequest.self, Recorded.createTaskRequest),
    Sample(CreateTaskRequest.self, Recorded.createTerminalRequest),
    Sample(CreateTaskResponse.self, Recorded.createTaskResponse),
    Sample(StartRequest.self, Recorded.startRequest),
    Sample(StartRequest.self, Recorded.startExecRequest),
    Sample(StartResponse.self, Recorded.startResponse),
    Sample(WaitRequest.self, Recorded.waitRequest),
    Sample(WaitResponse.self, Recorded.waitResponse),
    Sample(StateRequest.self, Recorded.stateRequest),
    Sample(StateResponse.self, Recorded.stateRunning),
    Sample(StateResponse.self, Recorded.statePaused),
    Sample(StateResponse.self, Recorded.stateStopped),
    Sample(StateResponse.self, Recorded.stateTerminal),
    Sample(KillRequest.self, Recorded.killRequest),
    Sample(KillRequest.self, Recorded.killAllRequest),
    Sample(PidsRequest.self, Recorded.pidsRequest),
    Sample(PidsResponse.self, Recorded.pidsResponse),
    Sample(ExecProcessRequest.self, Recorded.execRequest),
    Sample(CloseIORequest.self, Recorded.closeIORequest),
    Sample(ResizePtyRequest.self, Recorded.resizePtyRequest),
    Sample(PauseRequest.self, Recorded.pauseRequest),
    Sample(ResumeRequest.self, Recorded.resumeRequest),
    Sample(CheckpointTaskRequest.self, Recorded.checkpointRequest),
    Sample(StatsRequest.self, Recorded.statsRequest),
    Sample(StatsResponse.self, Recorded.statsResponse),
    Sample(ConnectRequest.self, Recorded.connectRequest),
    Sample(ConnectResponse.self, Recorded.connectResponse),
    Sample(DeleteRequest.self, Recorded.deleteRequest),
    Sample(DeleteResponse.self, Recorded.deleteResponse),
    Sample(ShutdownRequest.self, Recorded.shutdownRequest),
    Sample(DeleteResponse.self, Recorded.deleteVerb),
    Sample(AnyMessage.self, Recorded.startInput),
    Sample(ForwardRequest.self, Recorded.forwardCreate),
    Sample(ForwardRequest.self, Recorded.forwardStart),
    Sample(ForwardRequest.self, Recorded.forwardExit),
    Sample(ForwardRequest.self, Recorded.forwardDelete),
    Sample(ForwardRequest.self, Recorded.forwardExecAdded),
    Sample(ForwardRequest.self, Recorded.forwardExecStarted),
    Sample(ForwardRequest.self, Recorded.forwardPaused),
    Sample(ForwardRequest.self, Recorded.forwardResumed),
    Sample(ForwardRequest.self, Recorded.forwardOOM),
  ]
}

/// The bytes of hexadecimal digits; line ends are passed over.
func hexadecimal(_ text: String) -> [UInt8] {
  let digits = text.compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}
