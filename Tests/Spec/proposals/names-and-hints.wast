;; Names and branch hints: custom sections that say something to others, and change nothing of what a module does.

(module $named (@name "a module, with a name of its own")
  (type $pair (@name "a pair") (func (param i32 i32) (result i32)))
  (memory $memory (@name "the memory") 1)
  (table $table (@name "") 1 funcref)
  (global $counter (@name "counter \u{2603} \u{1F980}") (mut i32) (i32.const 0))
  (tag $tag (@name "tag"))
  (elem $elements (@name "elements") (i32.const 0) func $first)
  (data $bytes (@name "bytes") (i32.const 0) "\2a")
  (func $first (@name "one name for two") (type $pair) (local $sum (@name "sum") i32)
    (local.set $sum (i32.add (local.get 0) (local.get 1)))
    (block $out (@name "a label")
      (loop $again (@name "again")
        (br_if $out (i32.gt_s (local.get $sum) (i32.const 100)))
        (local.set $sum (i32.shl (local.get $sum) (i32.const 1)))
        (br $again)))
    (local.get $sum))
  (func $second (@name "one name for two") (param $x (@name "the same") i32) (param $y (@name "the same") i32) (result i32)
    (call_indirect $table (type $pair) (local.get $y) (local.get $x) (i32.const 0)))
  (func (export "second") (param i32 i32) (result i32) (call $second (local.get 0) (local.get 1)))
  ;; A name longer than most, with what a terminal or a log might take for something else.
  (func (@name "\1b[31mred\1b[0m \0d\0a \00 % {} $ xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")
    (export "trap") (result i32) (i32.load (i32.const 65533)))
  (func (export "count") (result i32)
    (global.set $counter (i32.add (global.get $counter) (i32.load8_u (i32.const 0))))
    (global.get $counter)))
(assert_return (invoke "second" (i32.const 3) (i32.const 4)) (i32.const 112))
(assert_return (invoke $named "count") (i32.const 42))
(assert_trap (invoke "trap") "out of bounds memory access")

;; Hints on branches that are taken as they say, and on those that are not.
(module
  (func (export "wrong") (param i32) (result i32)
    (@metadata.code.branch_hint "\00")
    (if (result i32) (local.get 0) (then (i32.const 1)) (else (i32.const 2))))
  (func (export "right") (param i32) (result i32)
    (local.get 0)
    (@metadata.code.branch_hint "\01")
    if (result i32) (i32.const 1) else (i32.const 2) end)
  (func (export "first") (param i32 i64) (result i64)
    (block $out (result i64)
      (local.get 1)
      (i32.eqz (local.get 0))
      (@metadata.code.branch_hint "\00")
      (br_if $out)
      (i64.mul (i64.const 3))))
  ;; A compare and branch that an engine would fuse, with several hints in one function.
  (func (export "loop") (param $n i32) (result i32)
    (local $sum i32)
    (block $done
      (loop $again
        (i32.le_s (local.get $n) (i32.const 0))
        (@metadata.code.branch_hint "\00")
        (br_if $done)
        (i32.and (local.get $n) (i32.const 1))
        (@metadata.code.branch_hint "\01")
        (if (then (local.set $sum (i32.add (local.get $sum) (local.get $n)))))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (i32.const 1)
        (@metadata.code.branch_hint "\01")
        (br_if $again)))
    (local.get $sum)))
(assert_return (invoke "wrong" (i32.const 1)) (i32.const 1))
(assert_return (invoke "wrong" (i32.const 0)) (i32.const 2))
(assert_return (invoke "right" (i32.const 1)) (i32.const 1))
(assert_return (invoke "right" (i32.const 0)) (i32.const 2))
(assert_return (invoke "first" (i32.const 0) (i64.const 7)) (i64.const 7))
(assert_return (invoke "first" (i32.const 1) (i64.const 7)) (i64.const 21))
(assert_return (invoke "loop" (i32.const 10000)) (i32.const 25000000))

;; Other custom sections, between any two of the others; the names of a section that is broken are not looked at.
(module
  (@custom "first" (before first) "\00\01\02")
  (@custom "" (after func) "")
  (@custom "name" (before code) "\ff\ff\ff\ff\ff")
  (@custom "last" (after last) "\80\80\80\80\80\80")
  (func (export "f") (result i32) (i32.const 5)))
(assert_return (invoke "f") (i32.const 5))

;; A name section whose parts are out of order, point to functions that are not there, and end too soon.
(module binary
  "\00asm\01\00\00\00"
  "\01\05\01\60\00\01\7f"                    ;; a type
  "\03\02\01\00"                             ;; a function of it
  "\07\05\01\01f\00\00"                      ;; exported as f
  "\0a\06\01\04\00\41\07\0b"                 ;; i32.const 7
  "\00\13\04name" "\01\06\01\ff\ff\03\01x" "\00\02\01m" "\09\7f")
(assert_return (invoke "f") (i32.const 7))

;; A hint for a place where no branch is, and a value that is neither likely nor unlikely.
(module binary
  "\00asm\01\00\00\00"
  "\01\05\01\60\00\01\7f"
  "\03\02\01\00"
  "\07\05\01\01f\00\00"
  "\00\20\19metadata.code.branch_hint" "\01\00\01\01\01\07"
  "\0a\06\01\04\00\41\08\0b")
(assert_return (invoke "f") (i32.const 8))

;; The name of the custom section itself is part of the format.
(assert_malformed (module binary "\00asm\01\00\00\00" "\00\00") "unexpected end")
(assert_malformed (module binary "\00asm\01\00\00\00" "\00\03\05ab") "unexpected end")
(assert_malformed (module binary "\00asm\01\00\00\00" "\00\03\02\ff\fe") "malformed UTF-8 encoding")
