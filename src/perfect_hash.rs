//! The lookup of a name among very many. `build.rs` works its tables out, and writes this text beside them.

/// The row of a name. Both tables have a power of two of entries; what no name leads to leads to row 0.
pub fn find(name: &str, names: &[&str], shifts: &[u16], rows: &[u16], seed: u64) -> Option<usize> {
    let hash = hash(name, seed);
    let shift = *shifts.get(bucket(hash, shifts.len()))?;
    let row = usize::from(*rows.get(place(hash, shift, rows.len()))?);
    (*names.get(row)? == name).then_some(row)
}

/// Eight bytes at a time.
pub fn hash(name: &str, seed: u64) -> u64 {
    let mut rest = name.as_bytes();
    let mut hash = seed ^ rest.len() as u64;
    while let Some((word, after)) = rest.split_first_chunk() {
        hash = mixed(hash ^ u64::from_le_bytes(*word));
        rest = after;
    }
    mixed(rest.iter().fold(hash, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte)))
}

/// All names of one bucket are shifted by the same amount.
pub fn bucket(hash: u64, buckets: usize) -> usize {
    (hash >> 48) as usize & (buckets - 1)
}

pub fn place(hash: u64, shift: u16, places: usize) -> usize {
    // An odd step of each name's own parts the names that one shift does not.
    (hash as usize).wrapping_add(usize::from(shift).wrapping_mul((hash >> 24) as usize | 1))
        & (places - 1)
}

fn mixed(hash: u64) -> u64 {
    let product = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    product ^ (product >> 29)
}
