//! The known name that a misspelled one may mean.

/// The most bytes of a name that is compared. No real name is as long, and a comparison takes time
/// in proportion to the product of both lengths.
const LONGEST: usize = 64;

/// Returns the known name that is closest to this one, if any is close. Of equally close names it
/// returns the first.
pub(crate) fn closest<K: AsRef<str>>(
    name: &str,
    known_names: impl IntoIterator<Item = K>,
) -> Option<K> {
    if name.len() > LONGEST {
        return None;
    }
    let known_names = known_names.into_iter().filter(|known| known.as_ref().len() <= LONGEST);
    let distances = known_names.map(|known| (strsim::osa_distance(name, known.as_ref()), known));
    // At most a third of the letters may be wrong, because with more the guess is mostly wrong.
    let close =
        distances.filter(|(distance, known)| distance * 3 <= known.as_ref().chars().count());
    close.min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}
