//! Columns of numbers as bytes, small where they repeat or count up. Reading checks every length: bad bytes give `None`.

/// One value all over.
const SAME: u8 = 0;
/// Runs that count up by one.
const RUNS: u8 = 1;
/// One, two, four or eight bytes for each value.
const RAW: [u8; 4] = [2, 3, 4, 5];

/// A number that columns are made of.
pub(super) trait Number: Copy + Eq {
    /// As 64 bits; the value that means "none" in four bytes or fewer comes as all ones.
    fn wide(self) -> i64;
    /// Back again.
    fn narrow(wide: i64) -> Self;
}

impl Number for i64 {
    fn wide(self) -> i64 {
        self
    }
    fn narrow(wide: i64) -> i64 {
        wide
    }
}

macro_rules! narrow_number {
    ($($type:ty),*) => {$(
        impl Number for $type {
            fn wide(self) -> i64 {
                i64::from(self)
            }
            fn narrow(wide: i64) -> $type {
                wide as $type
            }
        }
    )*};
}
narrow_number!(u8, u16, i32);

impl Number for u32 {
    /// "None" is -1, so that a column of small codes with gaps stays small.
    fn wide(self) -> i64 {
        if self == u32::MAX {
            -1
        } else {
            i64::from(self)
        }
    }
    fn narrow(wide: i64) -> u32 {
        wide as u32
    }
}

/// A column as bytes: kind, length, then by kind.
pub(super) fn pack<N: Number>(column: &[N]) -> Vec<u8> {
    let mut out = Vec::new();
    let head = |out: &mut Vec<u8>, kind: u8| {
        out.push(kind);
        out.extend((column.len() as u64).to_le_bytes());
    };
    let Some(first) = column.first() else {
        head(&mut out, SAME);
        out.extend(0_i64.to_le_bytes());
        return out;
    };
    if column.iter().all(|n| n == first) {
        head(&mut out, SAME);
        out.extend(first.wide().to_le_bytes());
        return out;
    }
    if let Some(runs) = runs(column) {
        head(&mut out, RUNS);
        for (start, length) in runs {
            out.extend(start.to_le_bytes());
            out.extend(length.to_le_bytes());
        }
        return out;
    }
    let (mut least, mut most) = (i64::MAX, i64::MIN);
    for n in column {
        least = least.min(n.wide());
        most = most.max(n.wide());
    }
    let span = most.wrapping_sub(least);
    let fits = |bits: u32| (0..1_i64 << bits).contains(&span);
    let width = if fits(8) {
        0
    } else if fits(16) {
        1
    } else if fits(32) {
        2
    } else {
        3
    };
    head(&mut out, RAW[width]);
    out.extend(least.to_le_bytes());
    out.reserve(column.len() << width);
    for n in column {
        let offset = n.wide().wrapping_sub(least).to_le_bytes();
        out.extend_from_slice(&offset[..1 << width]);
    }
    out
}

/// Runs that count up by one, where they are long enough to be worth it.
fn runs<N: Number>(column: &[N]) -> Option<Vec<(i64, u64)>> {
    let most = column.len() / 32;
    let mut runs: Vec<(i64, u64)> = Vec::new();
    for n in column {
        let n = n.wide();
        if let Some((start, length)) = runs.last_mut()
            && start.wrapping_add(*length as i64) == n
        {
            *length += 1;
            continue;
        }
        if runs.len() >= most {
            return None;
        }
        runs.push((n, 1));
    }
    Some(runs)
}

/// The column of these bytes.
pub(super) fn unpack<N: Number>(bytes: &[u8]) -> Option<Vec<N>> {
    let (&kind, rest) = bytes.split_first()?;
    let (length, rest) = rest.split_at_checked(8)?;
    let length = usize::try_from(u64::from_le_bytes(length.try_into().ok()?)).ok()?;
    // No column has more rows than a row number can name.
    if length > u32::MAX as usize {
        return None;
    }
    match kind {
        SAME => {
            let value = i64::from_le_bytes(rest.try_into().ok()?);
            Some(vec![N::narrow(value); length])
        }
        RUNS => {
            let mut column = Vec::with_capacity(length);
            for run in rest.chunks_exact(16) {
                let start = i64::from_le_bytes(run[..8].try_into().ok()?);
                let count = u64::from_le_bytes(run[8..].try_into().ok()?);
                if count > (length - column.len()) as u64 {
                    return None;
                }
                column.extend((0..count as i64).map(|n| N::narrow(start.wrapping_add(n))));
            }
            (column.len() == length).then_some(column)
        }
        _ => {
            let width = RAW.iter().position(|raw| *raw == kind)?;
            let (least, rest) = rest.split_at_checked(8)?;
            let least = i64::from_le_bytes(least.try_into().ok()?);
            if rest.len() != length << width {
                return None;
            }
            Some(match width {
                0 => raw::<N, 1>(rest, least),
                1 => raw::<N, 2>(rest, least),
                2 => raw::<N, 4>(rest, least),
                _ => raw::<N, 8>(rest, least),
            })
        }
    }
}

fn raw<N: Number, const WIDTH: usize>(bytes: &[u8], least: i64) -> Vec<N> {
    bytes
        .chunks_exact(WIDTH)
        .map(|chunk| {
            let mut offset = [0; 8];
            offset[..WIDTH].copy_from_slice(chunk);
            N::narrow(least.wrapping_add(i64::from_le_bytes(offset)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn repeated_and_counted_columns_are_small() {
        let counted: Vec<i64> = (1..=100_000).collect();
        assert!(pack(&counted).len() < 100);
        assert!(pack(&vec![u32::MAX; 100_000]).len() < 100);
        let codes: Vec<u32> = (0..1_000)
            .map(|n| if n % 3 == 0 { u32::MAX } else { n % 200 })
            .collect();
        assert!(pack(&codes).len() < 1_100);
        assert_eq!(unpack::<u32>(&pack(&codes)), Some(codes));
    }

    #[test]
    fn cut_or_invented_bytes_give_none() {
        let bytes = pack(&[1_u32, 500, 70_000, u32::MAX]);
        for end in 0..bytes.len() {
            assert_eq!(unpack::<u32>(&bytes[..end]), None, "{end}");
        }
        let mut long = vec![SAME];
        long.extend(u64::MAX.to_le_bytes());
        long.extend([0; 8]);
        assert_eq!(unpack::<u8>(&long), None);
    }

    proptest! {
        #[test]
        fn columns_come_back(wide: Vec<i64>, codes: Vec<u32>, small: Vec<u8>, days: Vec<i32>, mid: Vec<u16>) {
            prop_assert_eq!(unpack(&pack(&wide)), Some(wide));
            prop_assert_eq!(unpack(&pack(&codes)), Some(codes));
            prop_assert_eq!(unpack(&pack(&small)), Some(small));
            prop_assert_eq!(unpack(&pack(&days)), Some(days));
            prop_assert_eq!(unpack(&pack(&mid)), Some(mid));
        }
    }
}
