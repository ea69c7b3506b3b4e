//! The calls of the API that the workspace answers.

use super::accounts;
use super::bulks;
use super::commit::perform;
use super::core::Core;
use super::described;
use super::desk;
use super::edit::Edit;
use super::held;
use super::import;
use super::lists;
use super::people;
use super::reports;
use super::segments;
use super::timeline;
use super::wechat;
use super::work::{Done, Work};
use crate::automation::{erase, rescore};
use crate::clock;
use crate::error::Failure;
use crate::limit::{REPLAY_LEADS, SIGHTING_FACTS};
use crate::projection::read::{self, Place};
use crate::store::{journal, samples, tally};
use domain::api::{
    self, Accounts, AdmitTags, Alike, Call, ChooseMember, CompareDefinitions, DefinitionState,
    DismissSuggestion, DraftDefinition, ErasePerson, ErrorCode, ExportFacts, ExportLeads,
    ExportPerson, Gone, ImportRows, Imports, Leads, Member, MergeLeads, NameHeads, OpenImport,
    Page, PersonaCard, Personas, PreviewImport, PreviewMerge, PreviewSegment, Published, PutLead,
    ReadAccount, ReadDefinition, ReadDictionary, ReadLead, ReadRulebook, ReadSchema, Rebuild,
    Rebuilt, RemoveConversation, RemovePersona, RemoveSegment, RemoveView, RemoveWechatAccount,
    Replay, ReplayLead, ReplayPage, RulebookVersions, Samples, SaveAccount, SaveConversation,
    SaveLead, SavePersona, SaveRulebook, SaveSchema, SaveSegment, SaveSite, SaveVerdict, SaveView,
    SaveWechatAccount, Segments, SignDefinition, SiteList, SiteStatus, Sites, Standing,
    Suggestions, Suspected, TagSource, Tallies, TallyList, Timeline, UndoImport, UndoMerge,
    VERSIONS_MAX, Views, VisitorRow, Visitors, WechatAccounts, page_limit,
};
use domain::day::Day;
use domain::definition::{Difference, Version, differences};
use domain::dictionary::{self, Dictionary};
use domain::journal::{Body, Fact};
use domain::score::ShapeId;
use domain::tally::Sample;
use domain::view::View;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::rc::Rc;

/// A call that the gate let through.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Asked {
    /// [`Call::NAME`].
    pub(crate) name: String,
    /// The path's parameters.
    pub(crate) params: Vec<(String, String)>,
    /// The query.
    pub(crate) query: String,
    /// The body.
    pub(crate) body: String,
    /// Who asks.
    pub(crate) member: Member,
    /// For [`Sites`]: what the tags are made of.
    pub(crate) tag: Option<TagSource>,
    /// For calls that name members: who is there.
    #[serde(default)]
    pub(crate) members: Option<Vec<Member>>,
}

/// Answers a call, as JSON.
pub(super) async fn answer(core: &Rc<Core>, asked: Asked) -> Result<String, Failure> {
    core.require_open()?;
    if let Some(members) = &asked.members {
        desk::tell(core, members)?;
    }
    if let Some(answer) = desk::answer(core, &asked) {
        return answer;
    }
    if let Some(answer) = reports::answer(core, &asked) {
        return answer;
    }
    if let Some(answer) = bulks::answer(core, &asked) {
        return answer;
    }
    match asked.name.as_str() {
        Leads::NAME => reply::<Leads>(&asked, |call| lists::leads(core, &call)),
        ExportLeads::NAME => reply::<ExportLeads>(&asked, |call| lists::export(core, &call)),
        ReadLead::NAME => reply::<ReadLead>(&asked, |call| people::lead(core, &call)),
        Timeline::NAME => {
            let page = timeline::page(core, &read_call(&asked)?).await?;
            Ok(serde_json::to_string(&page)?)
        }
        ExportPerson::NAME => {
            let held = held::page(core, &read_call(&asked)?).await?;
            Ok(serde_json::to_string(&held)?)
        }
        ExportFacts::NAME => {
            let page = held::everything(core, &read_call(&asked)?).await?;
            Ok(serde_json::to_string(&page)?)
        }
        Visitors::NAME => reply::<Visitors>(&asked, |call| visitors(core, &call)),
        ReadRulebook::NAME => reply::<ReadRulebook>(&asked, |_| published(core)),
        RulebookVersions::NAME => reply::<RulebookVersions>(&asked, |call| versions(core, &call)),
        Replay::NAME => reply::<Replay>(&asked, |call| replay(core, &call)),
        Sites::NAME => reply::<Sites>(&asked, |_| Ok(sites(core, asked.tag.clone()))),
        SiteStatus::NAME => reply::<SiteStatus>(&asked, |call| standing(core, &call)),
        Suspected::NAME => reply::<Suspected>(&asked, |call| suspected(core, &call)),
        Samples::NAME => reply::<Samples>(&asked, |call| samples(core, &call)),
        Tallies::NAME => reply::<Tallies>(&asked, |call| tallies(core, &call)),
        ReadDictionary::NAME => reply::<ReadDictionary>(&asked, |_| dictionary(core)),
        PreviewMerge::NAME => reply::<PreviewMerge>(&asked, |call| people::preview(core, &call)),
        Suggestions::NAME => reply::<Suggestions>(&asked, |call| people::suggestions(core, &call)),
        SaveRulebook::NAME => edit(core, asked, |call| Ok(Edit::Publish(call))),
        SaveSite::NAME => edit(core, asked, |call| Ok(Edit::SaveSite(call))),
        SaveVerdict::NAME => edit(core, asked, |call| Ok(Edit::Judge(call))),
        Imports::NAME => reply::<Imports>(&asked, |call| import::list(core, &call)),
        OpenImport::NAME => edit(core, asked, |call| Ok(Edit::OpenImport(call))),
        UndoImport::NAME => edit(core, asked, |call| Ok(Edit::UndoImport(call))),
        ErasePerson::NAME => erase_person(core, asked),
        ImportRows::NAME => import_rows(core, asked),
        ReadSchema::NAME => reply::<ReadSchema>(&asked, |_| Ok(described::schema(core))),
        SaveSchema::NAME => edit(core, asked, |call| Ok(Edit::SaveSchema(call))),
        AdmitTags::NAME => match described::admitted(core, &read_call(&asked)?) {
            Some(schema) => Ok(serde_json::to_string(&schema)?),
            None => edit(core, asked, |call| Ok(Edit::AdmitTags(call))),
        },
        Personas::NAME => reply::<Personas>(&asked, |call| described::personas(core, &call)),
        PersonaCard::NAME => reply::<PersonaCard>(&asked, |call| described::persona(core, &call)),
        SavePersona::NAME => edit(core, asked, |call| Ok(Edit::SavePersona(Box::new(call)))),
        RemovePersona::NAME => edit(core, asked, |call| Ok(Edit::RemovePersona(call))),
        SaveConversation::NAME => edit(core, asked, |call| Ok(Edit::SaveConversation(call))),
        RemoveConversation::NAME => edit(core, asked, |call| Ok(Edit::RemoveConversation(call))),
        PreviewImport::NAME => reply::<PreviewImport>(&asked, |call| import::preview(core, call)),
        PutLead::NAME => edit(core, asked, people::put),
        SaveLead::NAME => edit(core, asked, people::save_lead),
        MergeLeads::NAME => edit(core, asked, |call| Ok(Edit::Merge(call))),
        UndoMerge::NAME => edit(core, asked, |call| Ok(Edit::Unmerge(call))),
        DismissSuggestion::NAME => edit(core, asked, |call| people::dismissal(core, &call)),
        Segments::NAME => reply::<Segments>(&asked, |call| segments::list(core, &call)),
        PreviewSegment::NAME => {
            reply::<PreviewSegment>(&asked, |call| segments::preview(core, &call))
        }
        SaveSegment::NAME => edit(core, asked, |call| Ok(Edit::SaveSegment(Box::new(call)))),
        RemoveSegment::NAME => edit(core, asked, |call| Ok(Edit::RemoveSegment(call))),
        ChooseMember::NAME => edit(core, asked, |call| Ok(Edit::ChooseMember(call))),
        Views::NAME => reply::<Views>(&asked, |_| Ok(views(core, &asked.member))),
        SaveView::NAME => edit(core, asked, |call| Ok(Edit::SaveView(call))),
        RemoveView::NAME => edit(core, asked, |call| Ok(Edit::RemoveView(call))),
        Accounts::NAME => reply::<Accounts>(&asked, |call| accounts::list(core, &call)),
        ReadAccount::NAME => reply::<ReadAccount>(&asked, |call| accounts::account(core, &call)),
        SaveAccount::NAME => edit(core, asked, |call| Ok(Edit::SaveAccount(call))),
        Alike::NAME => reply::<Alike>(&asked, |call| accounts::alike(core, &call)),
        WechatAccounts::NAME => reply::<WechatAccounts>(&asked, |call| wechat::list(core, &call)),
        SaveWechatAccount::NAME => {
            reply::<SaveWechatAccount>(&asked, |call| wechat::save(core, call, &asked.member))
        }
        RemoveWechatAccount::NAME => {
            reply::<RemoveWechatAccount>(&asked, |call| wechat::remove(core, &call))
        }
        ReadDefinition::NAME => reply::<ReadDefinition>(&asked, |_| Ok(definition(core))),
        CompareDefinitions::NAME => {
            reply::<CompareDefinitions>(&asked, |call| compared(core, &call))
        }
        DraftDefinition::NAME => edit(core, asked, |call| {
            Ok(Edit::DraftDefinition(Box::new(call)))
        }),
        SignDefinition::NAME => edit(core, asked, |call| Ok(Edit::SignDefinition(call))),
        NameHeads::NAME => edit(core, asked, |call| Ok(Edit::NameHeads(call))),
        Rebuild::NAME => {
            read_call::<Rebuild>(&asked)?;
            perform(core, Work::BeginRebuild)?;
            Ok(serde_json::to_string(&Rebuilt {
                facts: core.last_seq.get(),
            })?)
        }
        other => Err(Failure::new(
            ErrorCode::NotFound,
            format!("no call {other}"),
        )),
    }
}

pub(super) fn read_call<C: Call>(asked: &Asked) -> Result<C, Failure> {
    api::read(asked.params.clone(), &asked.query, asked.body.as_bytes()).map_err(|error| Failure {
        message: error.to_string(),
        ..Failure::invalid("body", "malformed")
    })
}

pub(super) fn reply<C: Call>(
    asked: &Asked,
    answer: impl FnOnce(C) -> Result<C::Reply, Failure>,
) -> Result<String, Failure> {
    Ok(serde_json::to_string(&answer(read_call::<C>(asked)?)?)?)
}

fn edit<C: Call>(
    core: &Rc<Core>,
    asked: Asked,
    edit: impl FnOnce(C) -> Result<Edit, Failure>,
) -> Result<String, Failure> {
    let edit = edit(read_call(&asked)?)?;
    edit_as(core, &asked, edit)
}

/// Commits an edit; what holds now of that which it changes.
pub(super) fn edit_as(core: &Rc<Core>, asked: &Asked, edit: Edit) -> Result<String, Failure> {
    let work = Work::Edit(Box::new(edit), Box::new(asked.member.clone()));
    match perform(core, work)? {
        Done::Edited(current) => Ok(current.to_string()),
        _ => Err(Failure::new(
            ErrorCode::Internal,
            "an edit gave something else",
        )),
    }
}

fn erase_person(core: &Rc<Core>, asked: Asked) -> Result<String, Failure> {
    let answer = edit(core, asked, |call| people::erasure(core, call))?;
    core.sightings.borrow_mut().forget_seen();
    let mut gone: Option<Gone> = serde_json::from_str(&answer)?;
    if let Some(gone) = &mut gone {
        gone.pending = erase::is_pending(&core.db)?;
    }
    Ok(serde_json::to_string(&gone)?)
}

fn import_rows(core: &Rc<Core>, asked: Asked) -> Result<String, Failure> {
    let mut call: ImportRows = read_call(&asked)?;
    call.rows = import::batch(call.rows)?;
    let work = Work::Rows(Box::new(call), Box::new(asked.member));
    match perform(core, work)? {
        Done::Imported(imported) => Ok(serde_json::to_string(&imported)?),
        _ => Err(Failure::new(
            ErrorCode::Internal,
            "an import gave something else",
        )),
    }
}

pub(super) fn place(cursor: Option<&String>) -> Result<Option<Place>, Failure> {
    let read = |cursor: &String| {
        Place::parse(cursor).ok_or_else(|| Failure::invalid("cursor", "malformed"))
    };
    cursor.map(read).transpose()
}

fn visitors(core: &Core, call: &Visitors) -> Result<Page<VisitorRow>, Failure> {
    let (db, tables) = (&core.db, core.tables.get());
    let (items, next) = read::anonymous(
        db,
        tables,
        place(call.cursor.as_ref())?,
        page_limit(call.limit),
    )?;
    let total = read::count_anonymous(db, tables)?;
    Ok(Page {
        items,
        next: next.map(|place| place.print()),
        total,
        seq: core.last_seq.get(),
    })
}

fn suspected(core: &Core, call: &Suspected) -> Result<Page<VisitorRow>, Failure> {
    let (db, tables) = (&core.db, core.tables.get());
    let after = place(call.cursor.as_ref())?;
    let (items, next) = read::suspected(db, tables, after, page_limit(call.limit))?;
    Ok(Page {
        items,
        next: next.map(|place| place.print()),
        total: read::count_suspected(db, tables)?,
        seq: core.last_seq.get(),
    })
}

/// Examples; beside each that names a browser stands what a person decided about it.
fn samples(core: &Core, call: &Samples) -> Result<Vec<Sample>, Failure> {
    let mut found = samples::list(&core.db, call.what, &call.name, call.site.as_ref())?;
    let visitors = found.iter().filter_map(|sample| sample.visitor);
    let visitors = visitors
        .map(|id| format!("visitor:{id}"))
        .collect::<BTreeSet<_>>();
    let subjects = visitors.iter().map(String::as_str);
    let (_, rows) = read::rows_about(&core.db, core.tables.get(), subjects)?;
    for sample in &mut found {
        let row = rows.iter().find(|row| Some(row.id) == sample.visitor);
        sample.verdict = row.map(|row| row.verdict);
    }
    Ok(found)
}

fn published(core: &Core) -> Result<Published, Failure> {
    let published = core.world.borrow().settings.published();
    Ok(Published {
        rescore: rescore::progress(&core.db)?,
        ..published
    })
}

/// The versions of the rulebook, each as it was published.
fn versions(core: &Core, call: &RulebookVersions) -> Result<Vec<Published>, Failure> {
    let facts = journal::rulebooks(&core.db, call.before, VERSIONS_MAX)?;
    let version = |fact: Fact| {
        let (version, by, rulebook) = match fact.body {
            Body::WorkspaceOpened(opened) => (1, None, opened.rulebook),
            Body::RulebookPublished(published) => {
                (published.version, Some(published.by), published.rulebook)
            }
            _ => return None,
        };
        Some(Published {
            version,
            at: fact.at,
            by,
            rulebook,
            rescore: None,
        })
    };
    Ok(facts.into_iter().filter_map(version).collect())
}

fn definition(core: &Core) -> DefinitionState {
    core.world.borrow().settings.definition_state()
}

fn compared(core: &Core, call: &CompareDefinitions) -> Result<Vec<Difference>, Failure> {
    let world = core.world.borrow();
    let settings = &world.settings;
    let version = |number, field| {
        let version = settings.agreement.version(number);
        version.ok_or_else(|| Failure::invalid(field, "unknown_version"))
    };
    let next = settings.definition_state().next;
    let from = match call.from {
        Some(number) => Some(version(number, "from")?),
        None => settings.definition(),
    };
    let to = call.to.map(|to| version(to, "to")).transpose()?;
    let said = |version: Option<&Version>| {
        version.map_or_else(|| next.clone(), |version| version.definition.clone())
    };
    Ok(differences(&said(from), &said(to)))
}

/// The views that a member sees, in the order of their names.
fn views(core: &Core, member: &Member) -> Vec<View> {
    let world = core.world.borrow();
    let all = world.settings.views.values();
    let mut seen: Vec<View> = all
        .filter(|view| view.is_seen_by(member.id))
        .cloned()
        .collect();
    seen.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    seen
}

fn dictionary(core: &Core) -> Result<Dictionary, Failure> {
    core.ledger.borrow_mut().write(&core.db, clock::now())?;
    let world = core.world.borrow();
    let (settings, shapes) = (&world.settings, world.shapes.iter());
    let today = settings.zone.day(clock::now());
    let seen = tally::seen(&core.db, dictionary::since(today))?;
    Ok(Dictionary::of(&settings.rulebook, today, &seen, shapes))
}

fn sites(core: &Core, tag: Option<TagSource>) -> SiteList {
    let world = core.world.borrow();
    SiteList {
        sites: world.settings.sites.values().cloned().collect(),
        tag: tag.unwrap_or_default(),
    }
}

fn standing(core: &Core, call: &SiteStatus) -> Result<Standing, Failure> {
    let site = core.world.borrow().settings.sites.get(&call.site).cloned();
    let site = site.ok_or_else(|| Failure::new(ErrorCode::NotFound, "no site has this key"))?;
    if !core.looked_back.get() {
        let last = core.last_seq.get();
        let newest: Vec<u64> =
            (last.saturating_sub(SIGHTING_FACTS).saturating_add(1)..=last).collect();
        let mut facts = journal::facts(&core.db, &newest)?;
        facts.sort_by_key(|fact| fact.seq);
        core.sightings.borrow_mut().look_back(&facts);
        core.looked_back.set(true);
    }
    let sightings = core.sightings.borrow();
    Ok(sightings.standing(site, core.awake_since, clock::now()))
}

fn tallies(core: &Core, call: &Tallies) -> Result<TallyList, Failure> {
    core.ledger.borrow_mut().write(&core.db, clock::now())?;
    let today = core.world.borrow().settings.zone.day(clock::now());
    let days = i32::try_from(call.days()).unwrap_or(i32::MAX);
    let from = Day(today.0.saturating_sub(days).saturating_add(1));
    Ok(TallyList {
        today,
        tallies: tally::list(&core.db, from)?,
    })
}

fn replay(core: &Core, call: &Replay) -> Result<ReplayPage, Failure> {
    let (db, tables) = (&core.db, core.tables.get());
    let start = "0".repeat(32);
    let after = call.cursor.as_deref().unwrap_or(&start);
    if Place::parse(&format!("0|{after}")).is_none() {
        return Err(Failure::invalid("cursor", "malformed"));
    }
    let ids = read::lead_ids(db, tables, after, REPLAY_LEADS)?;
    let world = people::world_of(core, ids.iter().copied())?;
    let mut used: BTreeSet<ShapeId> = BTreeSet::new();
    let mut leads = Vec::with_capacity(ids.len());
    let families = ids.iter().filter_map(|id| Some((id, world.family(*id)?)));
    for (_, family) in families.filter(|(id, family)| family.root().id == **id) {
        let activities = world.activities_of(&family);
        used.extend(activities.iter().map(|activity| activity.shape));
        leads.push(ReplayLead {
            id: family.root().id,
            label: family.label().to_owned(),
            score: family.root().score,
            source: family.row().source,
            owner: family.root().pursuit.owner.map(|owner| owner.user),
            accepted: family.root().pursuit.accepted(),
            won: family.root().pursuit.is_won(),
            activities: activities
                .iter()
                .map(|activity| (activity.at, activity.shape))
                .collect(),
        });
    }
    let full = ids.len() == usize::try_from(REPLAY_LEADS).unwrap_or(usize::MAX);
    Ok(ReplayPage {
        zone: world.settings.zone,
        today: world.day().unwrap_or_default(),
        shapes: used
            .into_iter()
            .filter_map(|id| Some((id, world.shapes.get(id)?.clone())))
            .collect(),
        next: ids
            .last()
            .filter(|_| full)
            .map(|id| id.0.simple().to_string()),
        leads,
        total: read::count_leads(db, tables)?,
    })
}
