//! The dictionary of shapes: what events look like to a rule, each look once.

use crate::score::{SHAPES_MAX, Shape, ShapeId};
use std::collections::HashMap;
use std::rc::Rc;

/// Room for the shapes without details, which come when the dictionary is full.
const KINDS: usize = 100;
/// The dictionary holds at most this many shapes; the path of a new one beyond is left out, so that
/// invented URLs cannot fill it.
const DETAILED_MAX: usize = SHAPES_MAX - KINDS;

/// Numbers for shapes, in the order in which they first occurred. A copy is cheap: it shares what it was
/// copied from until either changes.
#[derive(Clone, Debug, Default)]
pub struct Shapes {
    all: Rc<All>,
}

#[derive(Clone, Debug, Default)]
struct All {
    ids: HashMap<Rc<Shape>, ShapeId>,
    shapes: Vec<Rc<Shape>>,
}

impl Shapes {
    /// The dictionary with these shapes, in the order of their numbers from 0.
    pub fn new(shapes: impl IntoIterator<Item = Shape>) -> Shapes {
        let mut all = All::default();
        for shape in shapes {
            all.add(Rc::new(shape));
        }
        Shapes { all: Rc::new(all) }
    }

    /// The shape of that number.
    pub fn get(&self, id: ShapeId) -> Option<&Shape> {
        let shape = self.all.shapes.get(usize::try_from(id.0).ok()?)?;
        Some(shape)
    }

    /// Every shape, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &Shape> {
        self.all.shapes.iter().map(Rc::as_ref)
    }

    /// The shape's number; a new shape gets the next one.
    pub(super) fn number(&mut self, shape: Shape, added: &mut Vec<(ShapeId, Shape)>) -> ShapeId {
        if let Some(id) = self.all.ids.get(&shape) {
            return *id;
        }
        let full = self.all.shapes.len() >= DETAILED_MAX;
        let shape = if full { shape.without_details() } else { shape };
        if let Some(id) = self.all.ids.get(&shape) {
            return *id;
        }
        let id = Rc::make_mut(&mut self.all).add(Rc::new(shape.clone()));
        added.push((id, shape));
        id
    }
}

impl All {
    fn add(&mut self, shape: Rc<Shape>) -> ShapeId {
        let id = ShapeId(u32::try_from(self.shapes.len()).unwrap_or(u32::MAX));
        self.ids.insert(Rc::clone(&shape), id);
        self.shapes.push(shape);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Kind;

    #[test]
    fn a_full_dictionary_leaves_the_details_of_new_shapes_out() {
        let view = |n: usize| Shape::new(Kind::PageView, &format!("/{n}"));
        let mut shapes = Shapes::new((0..DETAILED_MAX).map(view));
        let before = shapes.clone();
        let mut added = Vec::new();
        assert_eq!(shapes.number(view(7), &mut added), ShapeId(7));
        let rest = shapes.number(view(DETAILED_MAX), &mut added);
        assert_eq!(shapes.number(view(DETAILED_MAX + 1), &mut added), rest);
        assert_eq!(added, [(rest, view(0).without_details())]);
        assert_eq!(before.get(rest), None, "a copy does not change");
    }
}
