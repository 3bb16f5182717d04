//! Columns of plain numbers as bytes, just as they are in memory: both ends of a message are on one machine.

use bytemuck::allocation::pod_collect_to_vec;
use bytemuck::{AnyBitPattern, NoUninit, cast_slice};
use serde::{Deserialize, Deserializer, Serializer};

/// Writes a column in one go.
pub fn serialize<T: NoUninit, S: Serializer>(column: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(cast_slice(column))
}

/// Reads a column in one go.
pub fn deserialize<'de, T: NoUninit + AnyBitPattern, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    <&[u8]>::deserialize(deserializer).map(pod_collect_to_vec)
}
