//! Chance, from a seed. It knows named streams and nothing else.
//!
//! Every thing in the centre draws from a stream of its own, so what happens to one call does not depend on how often
//! another was asked about.

use core::ops::RangeInclusive;
use core::time::Duration;

use fastrand::Rng;

/// Where all chance of one simulated centre comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seed(u64);

impl Seed {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The stream of the thing `id` of a kind, for the `number`th time that it draws. The same three, the same stream.
    pub(super) fn stream(self, kind: &str, id: &str, number: u64) -> Rng {
        let parts = [
            kind.as_bytes(),
            &[0xff],
            id.as_bytes(),
            &[0xff],
            &number.to_le_bytes(),
        ];
        // FNV-1a.
        let hash = parts
            .into_iter()
            .flatten()
            .fold(self.0 ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
                (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
            });
        let mut rng = Rng::with_seed(hash);
        // The first draw of near seeds is alike.
        rng.u64(..);
        rng
    }
}

/// A wait within a range of milliseconds.
pub(super) fn wait(rng: &mut Rng, millis: RangeInclusive<u64>) -> Duration {
    Duration::from_millis(rng.u64(millis))
}

/// One of a list; the empty text where the list is empty.
pub(super) fn pick(rng: &mut Rng, list: &[&'static str]) -> &'static str {
    rng.choice(list).copied().unwrap_or_default()
}

/// A UUID of version 4.
pub(super) fn uuid(rng: &mut Rng) -> String {
    let bits = rng.u128(..);
    let bits = (bits & !(0xf << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
    let (a, b, c) = (
        (bits >> 96) as u32,
        (bits >> 80) as u16,
        (bits >> 64) as u16,
    );
    let (d, e) = ((bits >> 48) as u16, bits & 0xffff_ffff_ffff);
    format!("{a:08x}-{b:04x}-{c:04x}-{d:04x}-{e:012x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_depends_on_seed_kind_id_and_number_and_on_nothing_else() {
        let draw = |seed, kind, id, number| Seed::new(seed).stream(kind, id, number).u64(..);
        assert_eq!(draw(7, "call", "a", 1), draw(7, "call", "a", 1));
        let all = [
            draw(7, "call", "a", 1),
            draw(8, "call", "a", 1),
            draw(7, "agent", "a", 1),
            draw(7, "call", "b", 1),
            draw(7, "call", "a", 2),
        ];
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
    }

    #[test]
    fn an_id_is_a_uuid_of_version_4() {
        let mut rng = Seed::new(1).stream("id", "", 0);
        for _ in 0..100 {
            let id = uuid(&mut rng);
            let places: Vec<usize> = id.match_indices('-').map(|(place, _)| place).collect();
            assert_eq!((id.len(), places), (36, vec![8, 13, 18, 23]), "{id}");
            assert_eq!(id.as_bytes()[14], b'4', "{id}");
            assert!(b"89ab".contains(&id.as_bytes()[19]), "{id}");
        }
    }
}
