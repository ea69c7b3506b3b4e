//! What members, files and other systems do to the people of a made-up history.

use super::super::super::people::tests::{BY, email, external};
use super::super::super::tests::live;
use super::super::super::{Batch, EditError, Putting, World, dismiss, open_import};
use super::take;
use crate::api::{
    ImportRow, MergeLeads, OpenImport, RemoveConversation, SaveConversation, SaveLead, UndoImport,
    UndoMerge,
};
use crate::contact::Key;
use crate::conversation::Kind;
use crate::draft::{Draft, Origin};
use crate::id::{ConversationId, ImportId, LeadId, Ms, VisitorId};
use crate::journal::{Actor, Body, Fact, VerdictChanged};
use crate::lead::{By, Field};
use crate::profile::{FieldId, Value};
use crate::sample;
use crate::suggestion::Suggested;
use crate::verdict::Verdict;
use std::collections::{BTreeSet, HashSet};
use uuid::Uuid;

/// A workspace with its facts.
pub(super) struct Office {
    pub(super) world: World,
    pub(super) facts: Vec<Fact>,
    rng: fastrand::Rng,
    edits: u128,
    imports: Vec<ImportId>,
    told: Vec<ConversationId>,
}

impl Office {
    pub(super) fn of(seed: u64, events: usize) -> Office {
        let (world, facts) = live(sample::inputs(seed, events), &[7]);
        Office {
            world,
            facts,
            rng: fastrand::Rng::with_seed(seed),
            edits: 0,
            imports: Vec::new(),
            told: Vec::new(),
        }
    }

    fn key(&mut self) -> Uuid {
        self.edits += 1;
        Uuid::from_u128(self.edits << 64)
    }

    pub(super) fn someone(&mut self) -> Option<LeadId> {
        let mut ids: Vec<LeadId> = self.world.families().map(|f| f.root().id).collect();
        ids.sort_unstable();
        self.rng.choice(ids)
    }

    fn browser(&mut self) -> Option<VisitorId> {
        let mut ids: Vec<VisitorId> = self.world.visitors().map(|visitor| visitor.id).collect();
        ids.sort_unstable();
        self.rng.choice(ids)
    }

    fn draft(&mut self) -> Draft {
        let named = FieldId::Standard(Field::Name);
        let pool = [
            email("zhang.wei@beidou.example"),
            email("li.na@qingsong.example"),
            external(1),
            external(2),
            external(3),
        ];
        let keys = pool.into_iter().filter(|_| self.rng.u8(..) < 100);
        let keys: Vec<Key> = keys.collect();
        let names = ["张伟", "李娜", "王芳"];
        let name = names[self.rng.usize(..names.len())];
        Draft {
            keys,
            fields: [(named, Value::Text(name.into()))].into(),
            ..Draft::default()
        }
    }

    fn save(&mut self, id: LeadId) -> SaveLead {
        let keys = self.world.family(id).map(|f| f.keys().len()).unwrap_or(0);
        let dropped = self.world.family(id).and_then(|family| {
            let keys = family.keys();
            let (key, _) = keys.first()?;
            Some((*key).clone())
        });
        let title = FieldId::Standard(Field::Title);
        SaveLead {
            key: self.key(),
            id,
            expected_seq: u64::MAX,
            set: [(title, Some(Value::Text("经理".into())))].into(),
            tagged: BTreeSet::new(),
            untagged: BTreeSet::new(),
            keys: Vec::new(),
            dropped: dropped.into_iter().filter(|_| keys > 1).collect(),
            account: None,
            role: None,
        }
    }

    /// Does something, where it may be done.
    pub(super) fn act(&mut self) -> Option<()> {
        let id = self.someone()?;
        let body = match self.rng.u8(..11) {
            0 | 1 => {
                let (draft, key) = (self.draft(), self.key());
                let putting = Putting {
                    key,
                    draft: &draft,
                    fill_only: false,
                    import: None,
                    by: BY,
                };
                self.world.put(&putting)
            }
            2 => {
                let (key, other) = (self.key(), self.someone()?);
                self.world.merge(&MergeLeads { key, id, other }, BY)
            }
            3 => {
                let merged = self.world.leads().filter(|lead| lead.merged_into.is_some());
                let id = merged.map(|lead| lead.id).min()?;
                let key = self.key();
                self.world.unmerge(&UndoMerge { key, id }, BY)
            }
            4 => self.tell(id),
            5 => {
                let id = *self.told.first()?;
                let key = self.key();
                self.world
                    .remove_conversation(&RemoveConversation { key, id }, BY)
            }
            6 => {
                let save = self.save(id);
                self.world.edit(&save, BY)
            }
            7 => {
                let verdicts = [Verdict::Bot, Verdict::Person, Verdict::Automatic];
                Ok(Body::VerdictChanged(VerdictChanged {
                    key: self.key(),
                    visitor: self.browser()?,
                    verdict: verdicts[self.rng.usize(..verdicts.len())],
                    by: BY.into(),
                }))
            }
            8 => return self.import(),
            9 => return self.undo(),
            _ => {
                let family = self.world.family(id)?;
                let (_, suggestion) = family.suggestions().into_iter().next()?;
                let what: Suggested = suggestion.what.clone();
                Ok(dismiss(self.key(), &what, BY))
            }
        };
        take(&mut self.world, &mut self.facts, body.ok()?);
        Some(())
    }

    fn tell(&mut self, lead: LeadId) -> Result<Body, EditError> {
        let id = ConversationId(self.key());
        let save = SaveConversation {
            key: self.key(),
            id,
            lead,
            expected_seq: 0,
            kind: Kind::Note,
            at: sample::BEGINS,
            direction: None,
            text: "下周再谈".into(),
            outcome: None,
            seconds: None,
        };
        self.told.push(id);
        self.world
            .save_conversation(&save, BY, sample::BEGINS + sample::LASTS_MS)
    }

    fn import(&mut self) -> Option<()> {
        let call = OpenImport {
            key: self.key(),
            name: "people.csv".into(),
            rows: 10,
            origin: Origin::default(),
            fill_only: self.rng.bool(),
        };
        let import = ImportId(call.key);
        let body = open_import(&call, BY).ok()?;
        take(&mut self.world, &mut self.facts, body);
        let rows: Vec<ImportRow> = (1..4)
            .map(|row| ImportRow {
                row,
                draft: self.draft(),
            })
            .collect();
        let batch = Batch {
            import,
            rows: &rows,
            known: HashSet::new(),
            actor: Actor::System,
            by: BY,
        };
        let next = self.facts.len() as u64 + 1;
        let now = sample::BEGINS + sample::LASTS_MS + next as Ms;
        let (facts, _) = self.world.take_rows(batch, (now, next)).ok()?;
        self.facts.extend(facts);
        self.imports.push(import);
        Some(())
    }

    fn undo(&mut self) -> Option<()> {
        let (id, key) = (self.imports.pop()?, self.key());
        let body = self.world.undo_import(&UndoImport { key, id }, BY).ok()?;
        take(&mut self.world, &mut self.facts, body);
        let leads = self.world.leads();
        let by_it = leads.filter(|lead| lead.puts.iter().any(|(_, by)| *by == By::Import(id)));
        let mut leads: Vec<LeadId> = by_it.map(|lead| lead.id).collect();
        leads.sort_unstable();
        let next = self.facts.len() as u64 + 1;
        let now = sample::BEGINS + sample::LASTS_MS + next as Ms;
        let facts = self.world.take_import_back(id, leads, true, (now, next));
        self.facts.extend(facts);
        Some(())
    }
}
