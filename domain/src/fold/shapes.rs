//! The dictionary of shapes: what events look like to a rule, each look once.

use crate::score::{Shape, ShapeId};
use std::collections::HashMap;

/// The dictionary holds at most this many shapes; the path of a new one beyond is left out, so that
/// invented URLs cannot fill it.
const SHAPES_MAX: usize = 50_000;

/// Numbers for shapes, in the order in which they first occurred.
#[derive(Clone, Debug, Default)]
pub struct Shapes {
    ids: HashMap<Shape, ShapeId>,
    shapes: Vec<Shape>,
}

impl Shapes {
    /// The dictionary with these shapes, in the order of their numbers from 0.
    pub fn new(shapes: Vec<Shape>) -> Shapes {
        let number = |n: usize| ShapeId(u32::try_from(n).unwrap_or(u32::MAX));
        let ids = shapes
            .iter()
            .enumerate()
            .map(|(n, shape)| (shape.clone(), number(n)))
            .collect();
        Shapes { ids, shapes }
    }

    /// The shape of that number.
    pub fn get(&self, id: ShapeId) -> Option<&Shape> {
        self.shapes.get(usize::try_from(id.0).ok()?)
    }

    /// The shape's number; a new shape gets the next one.
    pub(super) fn number(&mut self, shape: Shape, added: &mut Vec<(ShapeId, Shape)>) -> ShapeId {
        let full = self.shapes.len() >= SHAPES_MAX && !self.ids.contains_key(&shape);
        let shape = if full {
            Shape {
                path: String::new(),
                name: None,
                ..shape
            }
        } else {
            shape
        };
        if let Some(id) = self.ids.get(&shape) {
            return *id;
        }
        let id = ShapeId(u32::try_from(self.shapes.len()).unwrap_or(u32::MAX));
        self.ids.insert(shape.clone(), id);
        self.shapes.push(shape.clone());
        added.push((id, shape));
        id
    }
}
