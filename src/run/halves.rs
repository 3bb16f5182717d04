//! A number of 64 bits that is kept in two of 32: its lower half, and how often that has come half its way round. Not
//! where they are kept, nor who writes them.

/// The whole number, and `halves` as they are then: that with this lower half which is nearest to the middle of the half
/// way round. So it holds a little before and beyond, where somebody has written the one and not yet the other.
#[must_use]
pub const fn whole(halves: i32, low: i32) -> u64 {
    let middle = (halves.cast_unsigned() as u64) << 31 | 1 << 30;
    middle.wrapping_add_signed(low.wrapping_sub(middle as i32) as i64)
}

/// Whether a lower half that has grown by one has come half its way round.
#[must_use]
pub const fn comes_half_round(low: i32) -> bool {
    low & i32::MAX == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_grows_by_one_is_told_beyond_32_bits() {
        for end in [1_u64 << 31, 1 << 32, 3 << 31, 1 << 40] {
            let mut halves = ((end - 3) >> 31) as i32;
            for number in end - 2..end + 3 {
                let low = number as i32;
                if comes_half_round(low) {
                    halves = (whole(halves, low) >> 31) as i32;
                }
                assert_eq!((whole(halves, low), halves), (number, (number >> 31) as i32));
            }
        }
    }

    #[test]
    fn it_is_told_where_the_lower_half_alone_has_gone_on_or_back() {
        for halves in [1, 2, 3, 1 << 9] {
            let begin = (halves as u64) << 31;
            for number in [begin - 1000, begin + 1000, begin + (1 << 31) - 1000, begin + (1 << 31) + 1000] {
                assert_eq!(whole(halves, number as i32), number);
            }
        }
    }
}
