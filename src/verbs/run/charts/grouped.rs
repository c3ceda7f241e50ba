//! Groups the rows of a table.

use std::collections::BTreeMap;

/// The rows grouped by what `key` returns; the rows of a group keep their order.
pub fn grouped_by<'r, R, K: Ord>(
    rows: &'r [R],
    key: impl Fn(&'r R) -> K,
) -> BTreeMap<K, Vec<&'r R>> {
    let mut groups: BTreeMap<K, Vec<&'r R>> = BTreeMap::new();
    for row in rows {
        groups.entry(key(row)).or_default().push(row);
    }
    groups
}
