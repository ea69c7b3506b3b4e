//! Views: the check of an edit, and what it changes. Not here: who may make it ([`crate::view`]).

use super::edits::{invalid, refuse};
use super::settings::{EditError, Settings};
use super::world::World;
use crate::api::{RemoveView, SaveView};
use crate::id::UserId;
use crate::journal::{Body, ViewRemoved, ViewSaved};
use crate::view::{View, limit};

impl Settings {
    /// Checks a view; the body of the fact that saves it. A new one is `owner`'s.
    pub fn save_view(
        &self,
        save: &SaveView,
        (owner, by): (UserId, &str),
    ) -> Result<Body, EditError> {
        let known = self.views.get(&save.id);
        if known.is_none() && save.expected_version > 0 {
            return Err(EditError::NotFound);
        }
        if save.expected_version != known.map_or(0, |known| known.version) {
            return Err(EditError::Conflict);
        }
        let owner = known.map_or(owner, |known| known.owner);
        let own = self.views.values().filter(|view| view.owner == owner);
        if known.is_none()
            && (self.views.len() >= limit::VIEWS_MAX || own.count() >= limit::OWN_MAX)
        {
            return Err(invalid("id", "too_many"));
        }
        refuse(save.view.check(&self.schema))?;
        Ok(Body::ViewSaved(Box::new(ViewSaved {
            key: save.key,
            view: View {
                id: save.id,
                version: save.expected_version.saturating_add(1),
                name: save.view.name.trim().to_owned(),
                owner,
                ..save.view.clone()
            },
            by: by.to_owned(),
        })))
    }

    /// Checks that a view may be taken away; the body of the fact that does it.
    pub fn remove_view(&self, call: &RemoveView, by: &str) -> Result<Body, EditError> {
        self.views.get(&call.id).ok_or(EditError::NotFound)?;
        Ok(Body::ViewRemoved(ViewRemoved {
            key: call.key,
            id: call.id,
            by: by.to_owned(),
        }))
    }
}

impl World {
    pub(super) fn apply_view(&mut self, saved: &ViewSaved) {
        let view = saved.view.clone();
        self.settings.views.insert(view.id, view);
        self.changes.settings = true;
    }

    pub(super) fn apply_view_removed(&mut self, removed: &ViewRemoved) {
        self.settings.views.remove(&removed.id);
        self.changes.settings = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ViewId;
    use crate::journal::Fact;
    use uuid::Uuid;

    const WANG: UserId = UserId(Uuid::from_u128(1));

    fn save(number: u128, expected_version: u32, name: &str) -> SaveView {
        SaveView {
            key: Uuid::from_u128(number),
            id: ViewId(Uuid::from_u128(number)),
            expected_version,
            view: View {
                name: name.to_owned(),
                ..View::default()
            },
        }
    }

    fn apply(settings: &mut Settings, body: Body) {
        let mut world = World {
            settings: settings.clone(),
            ..World::default()
        };
        match body {
            Body::ViewSaved(saved) => world.apply_view(&saved),
            Body::ViewRemoved(removed) => world.apply_view_removed(&removed),
            other => panic!("{other:?}"),
        }
        *settings = world.settings;
    }

    #[test]
    fn a_view_is_saved_against_a_version_and_stays_its_makers() {
        let mut settings = Settings::default();
        let by = (WANG, "wang@larkmeter.example");
        let made = settings.save_view(&save(1, 0, " 热 "), by).unwrap();
        apply(&mut settings, made);
        assert_eq!(
            settings.save_view(&save(1, 0, "冷"), by),
            Err(EditError::Conflict)
        );
        assert_eq!(
            settings.save_view(&save(2, 3, "冷"), by),
            Err(EditError::NotFound)
        );
        let other = (UserId(Uuid::from_u128(2)), "zhao@larkmeter.example");
        let again = settings.save_view(&save(1, 1, "冷"), other).unwrap();
        apply(&mut settings, again);
        let view = &settings.views[&ViewId(Uuid::from_u128(1))];
        assert_eq!(
            (view.version, view.name.as_str(), view.owner),
            (2, "冷", WANG)
        );
        let call = RemoveView {
            key: Uuid::nil(),
            id: view.id,
        };
        let removed = settings.remove_view(&call, by.1).unwrap();
        apply(&mut settings, removed);
        assert_eq!(settings.remove_view(&call, by.1), Err(EditError::NotFound));
    }

    #[test]
    fn a_member_has_so_many_views() {
        let mut settings = Settings::default();
        for number in 0..limit::OWN_MAX as u128 {
            let body = settings.save_view(&save(number, 0, "a"), (WANG, "w"));
            apply(&mut settings, body.unwrap());
        }
        let more = settings.save_view(&save(900, 0, "a"), (WANG, "w"));
        assert_eq!(more, Err(invalid("id", "too_many")));
        let zhao = UserId(Uuid::from_u128(2));
        assert!(settings.save_view(&save(900, 0, "a"), (zhao, "z")).is_ok());
    }

    /// What views and bulks are told by, as it is written.
    #[test]
    fn golden_views_fold() {
        let lines = include_str!("../../golden/views.ndjson");
        let mut world = World::default();
        for line in lines.lines() {
            let fact = Fact::decode(line).unwrap();
            assert_eq!(fact.encode().unwrap(), line, "written as it always was");
            world.replay([&fact]);
        }
        let names: Vec<&str> = world
            .settings
            .views
            .values()
            .map(|view| view.name.as_str())
            .collect();
        assert_eq!(names, ["我的热线索"]);
    }
}
