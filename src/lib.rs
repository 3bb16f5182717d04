//! Interleave runs one small workload in several concurrency models and shows what each did.
