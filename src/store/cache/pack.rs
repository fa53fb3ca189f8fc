//! Columns of numbers as bytes, small where they repeat or count up. Reading checks every length: bad bytes give `None`.

use super::column::Column;

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

/// Rows of a part: a column is kept in parts, so that it can be packed while it grows.
pub(super) const PART: usize = 65_536;

/// A column as bytes: part after part.
pub(super) fn pack<N: Number>(column: &[N], out: &mut Vec<u8>) {
    for part in column.chunks(PART) {
        let bytes = pack_part(part);
        out.extend((bytes.len() as u32).to_le_bytes());
        out.extend(bytes);
    }
}

/// A part: kind, length, then by kind.
fn pack_part<N: Number>(column: &[N]) -> Vec<u8> {
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
    let offsets = column.iter().map(|n| n.wide().wrapping_sub(least));
    match width {
        0 => out.extend(offsets.map(|n| n as u8)),
        1 => out.extend(offsets.flat_map(|n| (n as u16).to_le_bytes())),
        2 => out.extend(offsets.flat_map(|n| (n as u32).to_le_bytes())),
        _ => out.extend(offsets.flat_map(i64::to_le_bytes)),
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
pub(super) fn unpack<C: Column>(mut bytes: &[u8]) -> Option<C> {
    let mut column = C::default();
    while let Some((length, rest)) = bytes.split_first_chunk() {
        let (part, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        unpack_part(part, &mut column)?;
        bytes = rest;
    }
    bytes.is_empty().then_some(column)
}

fn unpack_part<C: Column>(bytes: &[u8], column: &mut C) -> Option<()> {
    let (&kind, rest) = bytes.split_first()?;
    let (length, rest) = rest.split_first_chunk()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    if length > PART {
        return None;
    }
    match kind {
        SAME => {
            let value = i64::from_le_bytes(rest.try_into().ok()?);
            column.repeat(C::Of::narrow(value), length);
        }
        RUNS => {
            let end = column.rows() + length;
            for run in rest.chunks_exact(16) {
                let start = i64::from_le_bytes(run[..8].try_into().ok()?);
                let count = u64::from_le_bytes(run[8..].try_into().ok()?);
                if count > (end - column.rows()) as u64 {
                    return None;
                }
                column.count_up(start, count as usize);
            }
            return (column.rows() == end).then_some(());
        }
        _ => {
            let width = RAW.iter().position(|raw| *raw == kind)?;
            let (least, rest) = rest.split_first_chunk()?;
            let least = i64::from_le_bytes(*least);
            if rest.len() != length << width {
                return None;
            }
            let value = |offset: i64| C::Of::narrow(least.wrapping_add(offset));
            // Each width apart, so that the processor can take many values at once.
            match width {
                0 => column.take_in(rest.iter().map(|b| value(i64::from(*b)))),
                1 => {
                    let offsets = rest.as_chunks().0.iter();
                    column.take_in(offsets.map(|b| value(i64::from(u16::from_le_bytes(*b)))));
                }
                2 => {
                    let offsets = rest.as_chunks().0.iter();
                    column.take_in(offsets.map(|b| value(i64::from(u32::from_le_bytes(*b)))));
                }
                _ => {
                    let offsets = rest.as_chunks().0.iter();
                    column.take_in(offsets.map(|b| value(i64::from_le_bytes(*b))));
                }
            }
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pack<N: Number>(column: &[N]) -> Vec<u8> {
        let mut out = Vec::new();
        super::pack(column, &mut out);
        out
    }

    #[test]
    fn repeated_and_counted_columns_are_small() {
        let counted: Vec<i64> = (1..=100_000).collect();
        assert!(pack(&counted).len() < 100);
        assert!(pack(&vec![u32::MAX; 100_000]).len() < 100);
        let codes: Vec<u32> = (0..1_000)
            .map(|n| if n % 3 == 0 { u32::MAX } else { n % 200 })
            .collect();
        assert!(pack(&codes).len() < 1_100);
        assert_eq!(unpack::<Vec<u32>>(&pack(&codes)), Some(codes));
    }

    #[test]
    fn cut_or_invented_bytes_give_none() {
        let bytes = pack(&[1_u32, 500, 70_000, u32::MAX]);
        for end in 1..bytes.len() {
            assert_eq!(unpack::<Vec<u32>>(&bytes[..end]), None, "{end}");
        }
        let mut long = vec![17, 0, 0, 0, SAME];
        long.extend(u64::MAX.to_le_bytes());
        long.extend([0; 8]);
        assert_eq!(unpack::<Vec<u8>>(&long), None);
    }

    #[test]
    fn parts_make_one_column() {
        let long: Vec<u32> = (0..150_000_u32)
            .map(|n| n.wrapping_mul(2_654_435_761))
            .collect();
        let mut bytes = pack(&long[..70_000]);
        super::pack(&long[70_000..], &mut bytes);
        assert_eq!(unpack(&bytes), Some(long));
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
