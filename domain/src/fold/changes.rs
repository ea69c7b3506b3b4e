//! What facts have changed, for whoever writes it down.

use crate::id::{LeadId, VisitorId};
use crate::score::{Activity, Shape, ShapeId};
use crate::touch::TouchAt;
use crate::visitor::Binding;
use std::collections::BTreeSet;

/// What has changed since the changes were last taken.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Visitors whose row changed.
    pub visitors: BTreeSet<VisitorId>,
    /// Leads whose row changed.
    pub leads: BTreeSet<LeadId>,
    /// Leads that turned out to have been known earlier.
    pub backdated: BTreeSet<LeadId>,
    /// New activities.
    pub activities: Vec<StoredActivity>,
    /// New touches.
    pub touches: Vec<(VisitorId, TouchAt)>,
    /// New bindings.
    pub bindings: Vec<(VisitorId, Binding)>,
    /// New shapes.
    pub shapes: Vec<(ShapeId, Shape)>,
    /// Whether the settings changed.
    pub settings: bool,
    /// Whether a rulebook was published.
    pub rulebook: bool,
}

/// An event as the projections keep it: those of bots too, which weigh nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredActivity {
    /// By which browser.
    pub visitor: VisitorId,
    /// What a score needs of it.
    pub activity: Activity,
    /// The fact it comes from.
    pub seq: u64,
    /// Whether it counts.
    pub weighs: bool,
}
