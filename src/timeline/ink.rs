//! Which of the palette's colours a task has. The colours themselves are the style sheet's.

use crate::workload::TaskId;

/// A task's colour: one of eight hues in a fixed order, past eight lighter, then darker, and so on round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ink {
    /// The hue, from 1 to [`Ink::HUES`].
    pub hue: u8,
    /// 0 as it is, 1 lighter, 2 darker.
    pub shade: u8,
}

impl Ink {
    /// How many hues there are.
    pub const HUES: u8 = 8;
    /// How many shades each has.
    pub const SHADES: u8 = 3;

    /// The colour of a task.
    #[must_use]
    pub fn of(task: TaskId) -> Self {
        let at = task.index();
        let hues = usize::from(Self::HUES);
        Self { hue: (at % hues) as u8 + 1, shade: (at / hues % usize::from(Self::SHADES)) as u8 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hues_come_in_order_and_then_in_another_shade() {
        let ink = |task| Ink::of(TaskId(task));
        assert_eq!(ink(1), Ink { hue: 1, shade: 0 });
        assert_eq!(ink(8), Ink { hue: 8, shade: 0 });
        assert_eq!(ink(9), Ink { hue: 1, shade: 1 });
        assert_eq!(ink(25), ink(1));
    }
}
