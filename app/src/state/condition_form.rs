//! A condition as it stands in a form: a tree of groups and lines, half-typed numbers included.
//!
//! Not here: whether it is valid, which [`domain::segment::check`] says; this adds only what cannot be read at all.

mod line;
#[cfg(test)]
mod tests;

pub(crate) use line::{Ask, How, Line};

use domain::segment::Condition;

/// What of a group must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Join {
    /// All of it.
    All,
    /// Some of it.
    Any,
    /// Not all of it.
    NotAll,
    /// Nothing of it.
    None,
}

impl Join {
    /// Every one, in the order of the choice.
    pub(crate) const ALL: [Join; 4] = [Join::All, Join::Any, Join::None, Join::NotAll];

    /// The value of its option.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Join::All => "all",
            Join::Any => "any",
            Join::NotAll => "not_all",
            Join::None => "none",
        }
    }

    fn of(any: bool, not: bool) -> Join {
        match (any, not) {
            (false, false) => Join::All,
            (false, true) => Join::NotAll,
            (true, false) => Join::Any,
            (true, true) => Join::None,
        }
    }
}

/// Conditions that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    /// Which, in the form.
    pub(crate) id: u32,
    /// What of it must hold.
    pub(crate) join: Join,
    /// What stands in it.
    pub(crate) parts: Vec<Part>,
}

/// What stands in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// One condition.
    Line(Box<Line>),
    /// Conditions that stand together.
    Group(Group),
}

impl Part {
    /// Which, in the form, and whether it is a group.
    pub(crate) fn key(&self) -> (u32, bool) {
        match self {
            Part::Line(line) => (line.id, false),
            Part::Group(group) => (group.id, true),
        }
    }
}

/// A condition in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConditionForm {
    root: Group,
    made: u32,
}

impl ConditionForm {
    /// The form of a condition. What denies twice says it once.
    pub(crate) fn of(condition: &Condition) -> ConditionForm {
        let mut made = 0;
        let root = match part_of(condition, false, &mut made) {
            Part::Group(group) => group,
            line => Group {
                id: next(&mut made),
                join: Join::All,
                parts: vec![line],
            },
        };
        ConditionForm { root, made }
    }

    /// The condition; none while something in it cannot be read.
    pub(crate) fn read(&self) -> Option<Condition> {
        read_group(&self.root)
    }

    /// The group that holds all the others.
    pub(crate) fn root(&self) -> &Group {
        &self.root
    }

    /// A group.
    pub(crate) fn group(&self, id: u32) -> Option<&Group> {
        groups(&self.root).into_iter().find(|group| group.id == id)
    }

    /// A line.
    pub(crate) fn line(&self, id: u32) -> Option<&Line> {
        let groups = groups(&self.root).into_iter();
        let mut parts = groups.flat_map(|group| &group.parts);
        parts.find_map(|part| match part {
            Part::Line(line) if line.id == id => Some(&**line),
            _ => None,
        })
    }

    /// Changes a group.
    pub(crate) fn change_group(&mut self, id: u32, change: impl FnOnce(&mut Group)) {
        if let Some(group) = group_mut(&mut self.root, id) {
            change(group);
        }
    }

    /// Changes a line.
    pub(crate) fn change_line(&mut self, id: u32, change: impl FnOnce(&mut Line)) {
        if let Some(line) = line_mut(&mut self.root, id) {
            change(line);
        }
    }

    /// Adds a line to a group.
    pub(crate) fn add_line(&mut self, to: u32, ask: Ask) {
        let line = Line::blank(next(&mut self.made), ask);
        self.change_group(to, |group| group.parts.push(Part::Line(Box::new(line))));
    }

    /// Adds a group with one line to a group.
    pub(crate) fn add_group(&mut self, to: u32) {
        let own = next(&mut self.made);
        let line = Line::blank(next(&mut self.made), Ask::Did);
        let group = Group {
            id: own,
            join: Join::Any,
            parts: vec![Part::Line(Box::new(line))],
        };
        self.change_group(to, |parent| parent.parts.push(Part::Group(group)));
    }

    /// Takes a line or a group out.
    pub(crate) fn remove(&mut self, id: u32) {
        remove(&mut self.root, id);
    }
}

fn next(made: &mut u32) -> u32 {
    *made = made.saturating_add(1);
    *made
}

fn part_of(condition: &Condition, not: bool, made: &mut u32) -> Part {
    let mut group = |any, parts: &[Condition]| {
        let id = next(made);
        let parts = parts.iter().map(|part| part_of(part, false, made));
        Part::Group(Group {
            id,
            join: Join::of(any, not),
            parts: parts.collect(),
        })
    };
    match condition {
        Condition::Not(part) => part_of(part, !not, made),
        Condition::All(parts) => group(false, parts),
        Condition::Any(parts) => group(true, parts),
        asked => Part::Line(Box::new(Line::of(next(made), not, asked))),
    }
}

fn read_group(group: &Group) -> Option<Condition> {
    let parts = group.parts.iter().map(|part| match part {
        Part::Line(line) => line.read(),
        Part::Group(group) => read_group(group),
    });
    let parts = parts.collect::<Option<Vec<_>>>()?;
    let denied = |condition| Condition::Not(Box::new(condition));
    Some(match group.join {
        Join::All => Condition::All(parts),
        Join::Any => Condition::Any(parts),
        Join::NotAll => denied(Condition::All(parts)),
        Join::None => denied(Condition::Any(parts)),
    })
}

/// A group and those in it.
fn groups(root: &Group) -> Vec<&Group> {
    let mut found = vec![root];
    let mut at = 0_usize;
    while let Some(group) = found.get(at).copied() {
        found.extend(group.parts.iter().filter_map(|part| match part {
            Part::Group(group) => Some(group),
            Part::Line(_) => None,
        }));
        at = at.saturating_add(1);
    }
    found
}

fn group_mut(group: &mut Group, id: u32) -> Option<&mut Group> {
    if group.id == id {
        return Some(group);
    }
    group.parts.iter_mut().find_map(|part| match part {
        Part::Group(group) => group_mut(group, id),
        Part::Line(_) => None,
    })
}

fn line_mut(group: &mut Group, id: u32) -> Option<&mut Line> {
    group.parts.iter_mut().find_map(|part| match part {
        Part::Line(line) => (line.id == id).then_some(&mut **line),
        Part::Group(group) => line_mut(group, id),
    })
}

fn remove(group: &mut Group, id: u32) {
    group.parts.retain(|part| part.key().0 != id);
    for part in &mut group.parts {
        if let Part::Group(group) = part {
            remove(group, id);
        }
    }
}
