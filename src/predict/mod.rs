//! What a run should give: the same interpreter on a virtual host, in virtual time.

mod machine;

pub use machine::Machine;
