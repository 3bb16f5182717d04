;; Additions, as fast as the processor has them; see counter.rs. Assembled by build.rs, once for memory that lanes share
;; and once for a lane's own. At `at` stands the counter, and 64 bytes on, on another line of a processor's memory, its
;; lock: 0 free, 1 taken, 2 taken and waited for.
(module
  (import "counter" "memory" (memory MEMORY))

  ;; What the work came to until now: it is gone on with, so no compiler leaves it out.
  (global $state (mut i64) (i64.const 1))

  ;; So many rounds of `count`, see interpreter.rs.
  (func $work (param $rounds i32)
    (local $state i64)
    (local.set $state (global.get $state))
    (loop $round
      (local.set $state
        (i64.add
          (i64.mul
            (i64.xor (local.get $state) (i64.shr_u (local.get $state) (i64.const 33)))
            (i64.const 0xff51afd7ed558ccd))
          (i64.const 1)))
      (br_if $round (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1)))))
    (global.set $state (local.get $state)))

  ;; Reads, goes on for a while, as an interpreter does between the two, and writes. The reading is atomic: it is done
  ;; each time. The writing waits for nobody.
  (func $add_one (param $at i32)
    (local $value i64)
    (local.set $value (i64.atomic.load (local.get $at)))
    (call $work (i32.const 16))
    (i64.store (local.get $at) (i64.add (local.get $value) (i64.const 1))))

  ;; Adds 1 so many times, at least once.
  (func (export "add") (param $at i32) (param $times i32)
    (loop $next
      (call $add_one (local.get $at))
      (br_if $next (local.tee $times (i32.sub (local.get $times) (i32.const 1))))))

  ;; Takes the lock; whether it could. Looks for it for some 50 µs, with pauses, in which who has it gets on; then waits
  ;; for it, for 50 ms at most.
  (func $take (param $at i32) (result i32)
    (local $looks i32)
    (local.set $looks (i32.const 100))
    (loop $look
      (if (i32.eqz (i32.atomic.rmw.cmpxchg offset=64 (local.get $at) (i32.const 0) (i32.const 1)))
        (then (return (i32.const 1))))
      (call $work (i32.const 256))
      (br_if $look (local.tee $looks (i32.sub (local.get $looks) (i32.const 1)))))
    (loop $wait
      (if (i32.eqz (i32.atomic.rmw.xchg offset=64 (local.get $at) (i32.const 2)))
        (then (return (i32.const 1))))
      ;; 2: the time is over.
      (br_if $wait
        (i32.ne
          (memory.atomic.wait32 offset=64 (local.get $at) (i32.const 2) (i64.const 50_000_000))
          (i32.const 2))))
    (i32.const 0))

  ;; Adds 1 so many times, at least once, each under the lock. How many are left when it could not be had.
  (func (export "add_locked") (param $at i32) (param $times i32) (result i32)
    (loop $next
      (if (i32.eqz (call $take (local.get $at)))
        (then (return (local.get $times))))
      (call $add_one (local.get $at))
      (if (i32.eq (i32.atomic.rmw.xchg offset=64 (local.get $at) (i32.const 0)) (i32.const 2))
        (then (drop (memory.atomic.notify offset=64 (local.get $at) (i32.const 1)))))
      (br_if $next (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
    (i32.const 0)))
