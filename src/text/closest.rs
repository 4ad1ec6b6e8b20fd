//! The closest of some known names. The command uses this file, too.

/// Longer than any name of a parameter: a comparison takes time in proportion to the product of both lengths.
const LONGEST: usize = 64;

/// The known name that is closest to this one, if any is close. Of equally close names, the first.
pub(crate) fn closest<K: AsRef<str>>(
    name: &str,
    known_names: impl IntoIterator<Item = K>,
) -> Option<K> {
    if name.len() > LONGEST {
        return None;
    }
    let known_names = known_names.into_iter().filter(|known| known.as_ref().len() <= LONGEST);
    let distances = known_names.map(|known| (strsim::osa_distance(name, known.as_ref()), known));
    // A third of the letters may be wrong; beyond that, the guess would be noise.
    let close =
        distances.filter(|(distance, known)| distance * 3 <= known.as_ref().chars().count());
    close.min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}
