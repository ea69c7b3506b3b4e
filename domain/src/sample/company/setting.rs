//! How a made-up company is set up: its website, its stages, what both heads signed, who gets leads, and the kinds of customers it
//! knows.

use super::super::personas::personas;
use super::visits::DAYS;
use super::{Act, Company, site_key};
use crate::api::{
    DraftDefinition, NameHeads, Role, SaveLadder, SavePersona, SaveRouting, SaveSegment,
    SignDefinition, Site,
};
use crate::day::Zone;
use crate::definition::{self, Side};
use crate::fold;
use crate::id::{PersonaId, UserId};
use crate::journal::{Actor, Body, Fact, SiteSaved, WorkspaceOpened};
use crate::routing::{self, Routing, Team};
use crate::rulebook::{self, Name};
use crate::segment::{Condition, Range, Segment};
use crate::stage;
use std::collections::BTreeSet;

impl Company {
    /// Opens the workspace, and says how leads are worked in it.
    pub(super) fn open(&mut self) -> Vec<Fact> {
        let site = Site {
            key: site_key(),
            origins: vec!["https://sample.example".to_owned()],
            consent_required: false,
            version: Site::first_version(),
        };
        let opened = WorkspaceOpened {
            key: self.id(),
            company: "示例公司 Sample".to_owned(),
            zone: Zone::SHANGHAI,
            rulebook: rulebook::starter(),
        };
        let mut facts = self.take(Actor::System, Body::WorkspaceOpened(opened));
        facts.extend(self.take(
            Actor::System,
            Body::SiteSaved(SiteSaved { key: None, site }),
        ));
        if let Some(body) = self.world.tell_roster(self.mates.roster.clone()) {
            facts.extend(self.take(Actor::System, body));
        }
        facts.extend(self.agree());
        facts.extend(self.share());
        facts.extend(self.segments());
        facts.extend(self.personas());
        self.visitors();
        self.newcomers();
        for day in 1..=DAYS {
            let begins = Zone::SHANGHAI.begins(Zone::SHANGHAI.day(self.now).plus(day));
            self.plan(begins, Act::Day);
        }
        self.plan(self.until, Act::Today);
        facts
    }

    /// The ladder is saved, and both heads sign what a good lead is.
    fn agree(&mut self) -> Vec<Fact> {
        let (marketing, sales) = self.mates.heads;
        let by = self.by(marketing);
        let ladder = SaveLadder {
            key: self.id(),
            expected_version: 0,
            ladder: stage::starter(),
        };
        let body = self.world.save_ladder(&ladder, &by);
        let mut facts = self.edit(marketing, body);
        let heads = NameHeads {
            key: self.id(),
            marketing,
            sales,
        };
        facts.extend(self.edit(marketing, fold::name_heads(&heads, &by)));
        let draft = DraftDefinition {
            key: self.id(),
            expected_version: 0,
            definition: definition::starter(),
            from: None,
        };
        let body = fold::draft_definition(&self.world, &draft, &by, self.now);
        facts.extend(self.edit(marketing, body));
        for (side, user) in [(Side::Marketing, marketing), (Side::Sales, sales)] {
            let sign = SignDefinition {
                key: self.id(),
                expected_version: 1,
                side,
            };
            let name = self.mates.roster.get(&user).map(|mate| mate.name.clone());
            let signer = (user, name.as_deref().unwrap_or_default());
            let body = fold::sign_definition(&self.world.settings, &sign, signer, self.now);
            facts.extend(self.edit(user, body));
        }
        facts
    }

    /// Who may call gets leads in turn.
    fn share(&mut self) -> Vec<Fact> {
        let callers = self
            .mates
            .roster
            .iter()
            .filter(|(_, mate)| matches!(mate.role, Role::Sdr | Role::Sales));
        let mut users: Vec<UserId> = callers.map(|(id, _)| *id).collect();
        if users.is_empty() {
            users = self.mates.roster.keys().copied().collect();
        }
        let members = users.into_iter().map(|user| routing::Member {
            user,
            share: 1,
            open_max: None,
            away: Vec::new(),
        });
        let team = Team {
            id: "sales".to_owned(),
            name: name("销售一组", "Sales"),
            method: routing::Method::RoundRobin,
            members: members.collect(),
        };
        let routing = Routing {
            account_owner_first: true,
            others: Some(team.id.clone()),
            teams: vec![team],
            ..Routing::default()
        };
        let save = SaveRouting {
            key: self.id(),
            expected_version: 0,
            routing,
        };
        let (marketing, _) = self.mates.heads;
        let body = self.world.save_routing(&save, &self.by(marketing));
        self.edit(marketing, body)
    }

    fn segments(&mut self) -> Vec<Fact> {
        let warm = Condition::All(vec![
            Condition::Score(Range {
                min: Some(30),
                max: Some(59),
            }),
            Condition::Stage(BTreeSet::from(["lead".to_owned(), "recycled".to_owned()])),
        ]);
        let silent = Condition::All(vec![Condition::Silent { days: 45 }, Condition::HasAccount]);
        let all = [
            ("warm", name("快要合格", "Nearly qualified"), warm, None),
            (
                "gone-quiet",
                name("安静了的企业联系人", "Business contacts gone quiet"),
                silent,
                None,
            ),
        ];
        let (marketing, _) = self.mates.heads;
        let mut facts = Vec::new();
        for (id, name, who, tag) in all {
            let segment = Segment {
                id: id.to_owned(),
                version: 0,
                name,
                who,
                public: false,
                tag,
            };
            let save = SaveSegment {
                key: self.id(),
                id: id.to_owned(),
                expected_version: 0,
                segment,
            };
            let body = self.world.save_segment(&save, &self.by(marketing));
            facts.extend(self.edit(marketing, body));
        }
        facts
    }

    /// The kinds of customers it knows, by what its people heard of them.
    fn personas(&mut self) -> Vec<Fact> {
        let (marketing, _) = self.mates.heads;
        let today = Zone::SHANGHAI.day(self.until).0;
        let mut facts = Vec::new();
        for persona in personas(today) {
            let id = PersonaId(self.id());
            let save = SavePersona {
                key: self.id(),
                id,
                expected_version: 0,
                persona,
            };
            let body = self.world.save_persona(&save, &self.by(marketing));
            facts.extend(self.edit(marketing, body));
        }
        facts
    }
}

fn name(zh: &str, en: &str) -> Name {
    Name {
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}
