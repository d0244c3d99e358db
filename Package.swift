// swift-tools-version: 6.2
import PackageDescription

/// Our own targets treat warnings as errors; dependencies keep their own settings.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// What runs on somebody's start-up path asks for its generic types directly. By default the compiler has them looked up by name at
/// run time, which was half of all instructions of a short run.
let startsQuickly: [SwiftSetting] =
  strict + [
    .unsafeFlags(
      ["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"], .when(configuration: .release))
  ]

/// The interpreter's handlers must end in a jump. Merging identical handlers would put a second jump in front of them,
/// and run-time exclusivity checks would put calls into them. Each begins at a cache line (2^6 bytes): most then lie in one,
/// which made 30 programs take 0.96 of the time in the geometric mean (0.85 to 1.09). Vector instructions are the machine's own.
let virtualMachine: [SwiftSetting] =
  startsQuickly + [
    .unsafeFlags(["-Xcc", "-march=x86-64-v3"]),
    .unsafeFlags(
      [
        "-Xllvm", "-swiftmergefunc-threshold=0", "-Xllvm", "-simplifycfg-sink-common=false", "-Xllvm", "-align-all-functions=6",
        "-enforce-exclusivity=unchecked",
        "-Xcc", "-fomit-frame-pointer", "-Xcc", "-momit-leaf-frame-pointer",
      ],
      .when(configuration: .release)),
  ]

/// Executables on somebody's start-up path are static: about 1 ms and 2.6 MB instead of 10 ms and 17 MB.
/// The linker notes an identity of the build in them, by which kept machine code is known to fit.
let staticExecutable: [LinkerSetting] = [
  .unsafeFlags(["-static-executable", "-Xlinker", "--build-id"], .when(configuration: .release))
]

/// Functions of our own in the place of others: a heap that cannot grow ends the virtual machine's executable with a message
/// (Sources/WVM/HeapExhaustion.swift), and nothing is searched before it starts (Sources/WVM/Backtracer.swift).
let replacements: [LinkerSetting] = [
  .unsafeFlags(
    ["malloc", "posix_memalign", "swift_copyAuxiliaryExecutablePath"].flatMap { ["-Xlinker", "--wrap=\($0)"] },
    .when(configuration: .release))
]

/// `WVM_SLOWED=5` or `=10` builds a `wvm` that is slower by so many per cent, `=0` its counterpart, for trying out gates (Sources/WVM/SlowDown.swift).
let slowed: [SwiftSetting] = (Context.environment["WVM_SLOWED"].map { [$0] } ?? []).filter(["0", "5", "10"].contains).map {
  .define("SLOWED_BY_\($0)")
}

let package = Package(
  name: "harness",
  products: [
    .executable(name: "harness", targets: ["Harness"]),
    .executable(name: "harness-worker", targets: ["HarnessWorker"]),
    .executable(name: "harness-launcher", targets: ["HarnessLauncher"]),
    .executable(name: "wvm", targets: ["WVM"]),
    .executable(name: "containerd-shim-wvm-v1", targets: ["Shim"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    // containerd's gRPC API. The transport is our own (Sources/ContainerdClient): the one of grpc-swift-nio-transport brings BoringSSL twice,
    // by way of swift-nio-ssl and swift-crypto, which took 500 s of a processor in a clean release build, more than all of this package.
    .package(url: "https://github.com/grpc/grpc-swift-2", from: "2.4.3"),
    .package(url: "https://github.com/grpc/grpc-swift-protobuf", from: "2.4.1"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.90.0"),
    .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
    // The pages over HTTP.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    // Latencies of tasks under load.
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
  ],
  targets: [
    // Small rooms without Foundation, for the static executables.
    .target(name: "Options", swiftSettings: startsQuickly),
    .target(name: "JSON", swiftSettings: startsQuickly),
    .target(name: "Digest", swiftSettings: startsQuickly),

    // What containerd and its shims say to each other: the wire format, the calls, the messages.
    .target(name: "Protobuf", swiftSettings: startsQuickly),
    .testTarget(name: "ProtobufTests", dependencies: ["Protobuf", "TestSupport"], swiftSettings: strict),
    .target(name: "TTRPC", dependencies: ["Protobuf"], swiftSettings: startsQuickly),
    .testTarget(name: "TTRPCTests", dependencies: ["TTRPC", "Protobuf", "TestSupport"], swiftSettings: strict),
    .target(name: "TaskAPI", dependencies: ["Protobuf"], swiftSettings: startsQuickly),
    .testTarget(name: "TaskAPITests", dependencies: ["TaskAPI", "Protobuf", "TTRPC", "TestSupport"], swiftSettings: strict),

    // The virtual machine and what a guest sees of the world. `Processor` says whether the machine can run it, so it is compiled for any.
    .target(name: "Processor", swiftSettings: startsQuickly),
    .target(name: "VM", dependencies: ["Digest", "Processor"], swiftSettings: virtualMachine),
    .testTarget(name: "VMTests", dependencies: ["VM", "TestSupport"], swiftSettings: strict),
    .target(name: "WASI", dependencies: ["VM"], swiftSettings: startsQuickly),
    .target(name: "Conformance", dependencies: ["VM", "JSON"], swiftSettings: strict),
    .target(name: "Hosts", dependencies: ["VM", "WASI"], swiftSettings: startsQuickly),
    .executableTarget(
      name: "WVM", dependencies: ["Processor", "VM", "WASI", "Hosts", "Conformance", "Options", "JSON"],
      swiftSettings: startsQuickly + slowed,
      linkerSettings: staticExecutable + replacements),

    // Measuring.
    .target(name: "Observations", swiftSettings: strict),
    .target(name: "OCI", dependencies: ["Digest", "JSON"], swiftSettings: startsQuickly),
    .target(
      name: "ContainerdAPI",
      dependencies: [
        .product(name: "GRPCCore", package: "grpc-swift-2"), .product(name: "GRPCProtobuf", package: "grpc-swift-protobuf"),
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ], exclude: ["proto"], swiftSettings: strict),
    .target(
      name: "ContainerdClient",
      dependencies: [
        "ContainerdAPI", .product(name: "GRPCCore", package: "grpc-swift-2"), .product(name: "SwiftProtobuf", package: "swift-protobuf"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP2", package: "swift-nio-http2"), .product(name: "NIOHPACK", package: "swift-nio-http2"),
      ], swiftSettings: strict),
    .target(
      name: "Workers",
      dependencies: [
        "Observations", "OCI", "Digest", "ContainerdClient", .product(name: "Histogram", package: "hdrhistogram-swift"),
      ], swiftSettings: strict),
    .executableTarget(name: "HarnessWorker", dependencies: ["Workers"], swiftSettings: strict),
    .executableTarget(
      name: "HarnessLauncher", swiftSettings: startsQuickly,
      linkerSettings: staticExecutable),

    // Asking, keeping and telling.
    .target(name: "Statistics", swiftSettings: strict),
    // libcurl, for suites that are fetched.
    .systemLibrary(name: "CCurl"),
    .target(
      name: "Coordinator",
      dependencies: [
        "Observations", "Statistics", "Digest", "JSON", "CCurl", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        "Yams",
      ],
      swiftSettings: strict),
    // What a machine does to measurements, and changing that for a time.
    .target(name: "Doctor", swiftSettings: strict),
    .testTarget(name: "DoctorTests", dependencies: ["Doctor", "TestSupport"], swiftSettings: strict),
    .target(
      name: "PageServer",
      dependencies: [
        "Coordinator", "Observations", "Report", .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "PageServerTests", dependencies: ["PageServer", "Coordinator", "Observations", "TestSupport"], swiftSettings: strict),
    .target(name: "Report", dependencies: ["Doctor", "Observations", "Statistics"], swiftSettings: strict),
    .executableTarget(
      name: "Harness",
      dependencies: [
        "Coordinator", "Doctor", "PageServer", "Report", "Statistics", "Observations", "OCI",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .testTarget(
      name: "StatisticsTests", dependencies: ["Statistics"], exclude: ["scipy_vectors.py"], swiftSettings: strict),
    .testTarget(
      name: "ReportTests", dependencies: ["Doctor", "Report", "Observations", "Statistics", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "OptionsTests", dependencies: ["Options"], swiftSettings: strict),
    .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: strict),
    .testTarget(name: "DigestTests", dependencies: ["Digest"], swiftSettings: strict),
    .testTarget(
      name: "HostsTests", dependencies: ["Hosts", "VM", "WASI", "TestSupport"], exclude: ["Guests"], swiftSettings: strict),
    .testTarget(name: "WASITests", dependencies: ["WASI", "VM", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "ConformanceTests", dependencies: ["Conformance", "JSON", "VM", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "WVMTests", dependencies: ["WVM", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "CoordinatorTests",
      dependencies: ["Coordinator", "Observations", "Statistics", "TestSupport", .product(name: "GRDB", package: "GRDB.swift")],
      exclude: ["scripted-worker.py"], swiftSettings: strict),
    .testTarget(
      name: "HarnessTests",
      dependencies: ["Harness", "Coordinator", "Observations", "Report", "OCI", "TestSupport", "HarnessWorker", "HarnessLauncher", "WVM"],
      exclude: ["browser.py"], swiftSettings: strict),

    // What a containerd shim must do, asked of any shim from outside.
    .target(name: "ShimConformance", path: "Tests/ShimConformance", exclude: ["Runner", "Guests"], swiftSettings: strict),
    .executableTarget(
      name: "shim-conformance", dependencies: ["ShimConformance", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      path: "Tests/ShimConformance/Runner", swiftSettings: strict),

    .testTarget(name: "ShimConformanceTests", dependencies: ["ShimConformance", "TestSupport"], swiftSettings: strict),

    // Tests of images and guests.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "TestSupportTests", dependencies: ["TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "OCITests", dependencies: ["OCI", "JSON", "Digest", "TestSupport"], exclude: ["configurations"], swiftSettings: strict),
    .testTarget(name: "GuestTests", dependencies: ["TestSupport"], swiftSettings: strict),

    // Containers: what the kernel is asked for.
    .systemLibrary(name: "CSeccomp"),
    .target(name: "Containers", dependencies: ["OCI", "CSeccomp"], swiftSettings: startsQuickly),
    .executableTarget(
      name: "Shim",
      dependencies: ["Processor", "VM", "WASI", "Hosts", "Containers", "OCI", "JSON", "Digest", "Protobuf", "TTRPC", "TaskAPI"],
      swiftSettings: startsQuickly, linkerSettings: staticExecutable),
    .testTarget(
      name: "ShimTests", dependencies: ["Shim", "Containers", "OCI", "Protobuf", "TTRPC", "TaskAPI", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "ContainersTests", dependencies: ["Containers", "CSeccomp", "OCI", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ContainerdClientTests",
      dependencies: [
        "ContainerdClient", "TestSupport", .product(name: "GRPCCore", package: "grpc-swift-2"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP2", package: "swift-nio-http2"),
        .product(name: "NIOHPACK", package: "swift-nio-http2"),
      ], swiftSettings: strict),

    // Tests of the launcher and the worker: they start the real executables.
    .testTarget(name: "LauncherTests", dependencies: ["TestSupport", "HarnessLauncher"], swiftSettings: strict),
    .testTarget(
      name: "WorkersTests", dependencies: ["Workers", "Observations", "TestSupport", "HarnessWorker", "HarnessLauncher"],
      swiftSettings: strict),
  ]
)
