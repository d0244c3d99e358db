import GRDB

/// The database's shape, one migration a version. Migrations already released are never changed; `Docs/formats.md` describes the tables.
enum StoreSchema {
  /// Marks our files among SQLite databases: "hrns".
  static let applicationID = 0x6872_6e73

  static func migrator() -> DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 runs, blocks, trials, observations") { database in
      try database.execute(sql: version1)
      try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    }
    migrator.registerMigration("2 evidence, precision, proofs") { try $0.execute(sql: version2) }
    migrator.registerMigration("3 thresholds, branch, file sizes") { database in
      try database.execute(
        sql: """
          ALTER TABLE run ADD COLUMN thresholds TEXT;
          ALTER TABLE run ADD COLUMN branch TEXT;
          ALTER TABLE environment ADD COLUMN sizes TEXT;
          """)
    }
    migrator.registerMigration("4 kernel moments, counts") { try $0.execute(sql: version4) }
    migrator.registerMigration("5 resident size") { try $0.execute(sql: "ALTER TABLE observation ADD COLUMN maxResident INTEGER") }
    migrator.registerMigration("6 many containers") { database in
      try database.execute(
        sql: """
          ALTER TABLE observation ADD COLUMN tasks INTEGER;
          ALTER TABLE observation ADD COLUMN containerMemory INTEGER;
          ALTER TABLE observation ADD COLUMN containerSlope INTEGER;
          """)
    }
    migrator.registerMigration("7 conformance") { try $0.execute(sql: version7) }
    migrator.registerMigration("8 history") { try $0.execute(sql: version8) }
    migrator.registerMigration("9 load") { database in
      let columns = [
        "latencyP50", "latencyP90", "latencyP99", "latencyP999", "latencyMax", "serviceP50", "serviceP90", "serviceP99", "serviceP999",
        "serviceMax", "achievedRate", "lateness",
      ]
      for column in columns { try database.execute(sql: "ALTER TABLE observation ADD COLUMN \(column) INTEGER") }
    }
    migrator.registerMigration("10 held instances") { try $0.execute(sql: version10) }
    migrator.registerMigration("11 repetitions") { database in
      try database.execute(
        sql: """
          CREATE TABLE repetition (
            trial INTEGER PRIMARY KEY REFERENCES trial (id) ON DELETE CASCADE,
            state TEXT,
            warmUp INTEGER,
            warmUpTime INTEGER,
            steadyTime INTEGER,
            nanoseconds TEXT NOT NULL
          ) STRICT;
          """)
    }
    return migrator
  }

  /// Instances are not only containers any more, and neither are the metrics.
  private static let version10 = """
    ALTER TABLE observation RENAME COLUMN containerMemory TO instanceMemory;
    ALTER TABLE observation RENAME COLUMN containerSlope TO instanceSlope;
    ALTER TABLE observation ADD COLUMN privateMemory INTEGER;
    ALTER TABLE observation ADD COLUMN groupMemory INTEGER;
    ALTER TABLE observation ADD COLUMN guestMemory INTEGER;
    UPDATE run SET
      metrics = replace(replace(metrics, '"container-memory"', '"instance-memory"'), '"container-slope"', '"instance-slope"'),
      thresholds = replace(replace(thresholds, '"container-memory"', '"instance-memory"'), '"container-slope"', '"instance-slope"'),
      differences = replace(replace(differences, '"container-memory"', '"instance-memory"'), '"container-slope"', '"instance-slope"');
    UPDATE point SET metric = 'instance-memory' WHERE metric = 'container-memory';
    UPDATE point SET metric = 'instance-slope' WHERE metric = 'container-slope';
    UPDATE proof SET metric = 'instance-memory' WHERE metric = 'container-memory';
    UPDATE proof SET metric = 'instance-slope' WHERE metric = 'container-slope';
    """

  private static let version1 = """
    CREATE TABLE run (
      id TEXT PRIMARY KEY,
      scenario TEXT NOT NULL,
      title TEXT NOT NULL,
      startedAt TEXT NOT NULL,
      finishedAt TEXT,
      seed INTEGER NOT NULL,
      cache TEXT NOT NULL,
      timeLimit REAL NOT NULL,
      blocks INTEGER NOT NULL,
      baseline TEXT NOT NULL,
      metrics TEXT NOT NULL,
      subtract TEXT,
      differences TEXT NOT NULL,
      commitID TEXT NOT NULL,
      command TEXT NOT NULL,
      notes TEXT NOT NULL
    ) STRICT;

    CREATE TABLE workload (
      run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      position INTEGER NOT NULL,
      definition TEXT NOT NULL,
      PRIMARY KEY (run, name)
    ) STRICT;

    CREATE TABLE runtime (
      run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      position INTEGER NOT NULL,
      path TEXT NOT NULL,
      definition TEXT NOT NULL,
      PRIMARY KEY (run, name)
    ) STRICT;

    CREATE TABLE unavailable (
      run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
      runtime TEXT NOT NULL,
      reason TEXT NOT NULL,
      remedy TEXT NOT NULL,
      PRIMARY KEY (run, runtime)
    ) STRICT;

    CREATE TABLE environment (
      run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
      attempt INTEGER NOT NULL,
      hostname TEXT NOT NULL,
      cpuModel TEXT NOT NULL,
      cpuCount INTEGER NOT NULL,
      memoryBytes INTEGER NOT NULL,
      kernel TEXT NOT NULL,
      distribution TEXT NOT NULL,
      virtualization TEXT NOT NULL,
      governor TEXT NOT NULL,
      cgroup TEXT NOT NULL,
      mitigations TEXT NOT NULL,
      tools TEXT NOT NULL,
      hashes TEXT NOT NULL,
      PRIMARY KEY (run, attempt)
    ) STRICT;

    CREATE TABLE block (
      run TEXT NOT NULL,
      workload TEXT NOT NULL,
      number INTEGER NOT NULL,
      position INTEGER NOT NULL,
      finishedAttempt INTEGER,
      PRIMARY KEY (run, workload, number),
      FOREIGN KEY (run, workload) REFERENCES workload (run, name) ON DELETE CASCADE
    ) STRICT;

    CREATE TABLE trial (
      id INTEGER PRIMARY KEY,
      run TEXT NOT NULL,
      workload TEXT NOT NULL,
      block INTEGER NOT NULL,
      attempt INTEGER NOT NULL,
      runtime TEXT NOT NULL,
      position INTEGER NOT NULL,
      outcome TEXT NOT NULL,
      detail TEXT NOT NULL,
      exitCode INTEGER,
      signal INTEGER,
      UNIQUE (run, workload, block, position, attempt, runtime),
      FOREIGN KEY (run, workload, block) REFERENCES block (run, workload, number) ON DELETE CASCADE,
      FOREIGN KEY (run, runtime) REFERENCES runtime (run, name) ON DELETE CASCADE
    ) STRICT;

    CREATE TABLE observation (
      trial INTEGER PRIMARY KEY REFERENCES trial (id) ON DELETE CASCADE,
      spawned INTEGER NOT NULL,
      firstByte INTEGER,
      exited INTEGER NOT NULL,
      reaped INTEGER NOT NULL,
      userTime INTEGER NOT NULL,
      systemTime INTEGER NOT NULL,
      peakMemory INTEGER,
      memorySource TEXT NOT NULL,
      stealTicks INTEGER NOT NULL,
      cpuPressure INTEGER,
      memoryPressure INTEGER,
      ioPressure INTEGER,
      voluntarySwitches INTEGER NOT NULL,
      involuntarySwitches INTEGER NOT NULL,
      minorFaults INTEGER NOT NULL,
      majorFaults INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE phase (
      trial INTEGER NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      nanoseconds INTEGER NOT NULL,
      PRIMARY KEY (trial, position)
    ) STRICT;

    CREATE VIEW countedTrial AS
      SELECT trial.* FROM trial JOIN block
        ON block.run = trial.run AND block.workload = trial.workload AND block.number = trial.block
        WHERE trial.attempt = block.finishedAttempt;
    """

  private static let version2 = """
    ALTER TABLE run ADD COLUMN precision REAL;
    ALTER TABLE run ADD COLUMN maximumBlocks INTEGER;
    ALTER TABLE environment ADD COLUMN addressRandomization INTEGER;
    ALTER TABLE block ADD COLUMN purpose TEXT NOT NULL DEFAULT 'planned';
    ALTER TABLE observation ADD COLUMN runDelay INTEGER;
    ALTER TABLE observation ADD COLUMN throttles INTEGER;
    ALTER TABLE observation ADD COLUMN clockStep INTEGER;
    ALTER TABLE observation ADD COLUMN environmentPadding INTEGER;

    CREATE TABLE proof (
      id TEXT PRIMARY KEY,
      provenAt TEXT NOT NULL,
      hostname TEXT NOT NULL,
      cpuModel TEXT NOT NULL,
      cpuCount INTEGER NOT NULL,
      kernel TEXT NOT NULL,
      scenario TEXT NOT NULL,
      metric TEXT NOT NULL,
      threshold REAL NOT NULL,
      injected REAL NOT NULL,
      comparisons INTEGER NOT NULL,
      regressions INTEGER NOT NULL,
      improvements INTEGER NOT NULL,
      inconclusive INTEGER NOT NULL,
      lowProbabilities INTEGER NOT NULL,
      medianBlocks REAL NOT NULL
    ) STRICT;
    """

  private static let version4 = """
    ALTER TABLE observation ADD COLUMN executed INTEGER;
    ALTER TABLE observation ADD COLUMN ended INTEGER;
    ALTER TABLE environment ADD COLUMN lacking TEXT;

    CREATE TABLE count (
      run TEXT NOT NULL,
      workload TEXT NOT NULL,
      runtime TEXT NOT NULL,
      metric TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      position INTEGER NOT NULL,
      counts TEXT NOT NULL,
      unavailable TEXT,
      PRIMARY KEY (run, workload, runtime, metric, attempt),
      FOREIGN KEY (run, workload) REFERENCES workload (run, name) ON DELETE CASCADE,
      FOREIGN KEY (run, runtime) REFERENCES runtime (run, name) ON DELETE CASCADE
    ) STRICT;
    """

  private static let version7 = """
    CREATE TABLE assertion (
      run TEXT NOT NULL,
      workload TEXT NOT NULL,
      runtime TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      position INTEGER NOT NULL,
      line INTEGER NOT NULL,
      kind TEXT NOT NULL,
      outcome TEXT NOT NULL,
      detail TEXT,
      PRIMARY KEY (run, workload, runtime, attempt, position),
      FOREIGN KEY (run, workload) REFERENCES workload (run, name) ON DELETE CASCADE,
      FOREIGN KEY (run, runtime) REFERENCES runtime (run, name) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    """

  private static let version8 = """
    ALTER TABLE run ADD COLUMN source TEXT;
    ALTER TABLE run ADD COLUMN machine TEXT;
    ALTER TABLE run ADD COLUMN pointsVersion INTEGER;

    CREATE TABLE point (
      run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
      workload TEXT NOT NULL,
      runtime TEXT NOT NULL,
      metric TEXT NOT NULL,
      unit TEXT NOT NULL,
      value REAL NOT NULL,
      lower REAL,
      upper REAL,
      samples INTEGER NOT NULL,
      PRIMARY KEY (run, workload, runtime, metric)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE branch (
      name TEXT PRIMARY KEY,
      parent TEXT NOT NULL,
      run TEXT REFERENCES run (id) ON DELETE SET NULL
    ) STRICT;
    """
}
