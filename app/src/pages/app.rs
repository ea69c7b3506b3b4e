//! The whole app: what every screen shares, and which path shows which screen.

use super::audit::AuditPage;
use super::board::BoardPage;
use super::bulks::BulksPage;
use super::companies::CompaniesPage;
use super::company::CompanyPage;
use super::definition::DefinitionPage;
use super::dictionary::DictionaryPage;
use super::fields::FieldsPage;
use super::files::FilesPage;
use super::hours::HoursPage;
use super::import::ImportPage;
use super::join::JoinPage;
use super::kit::KitPage;
use super::lead::LeadPage;
use super::leads::LeadsPage;
use super::not_found::NotFoundPage;
use super::own::OwnPage;
use super::persona::PersonaPage;
use super::personas::PersonasPage;
use super::refusals::RefusalsPage;
use super::reports::ReportsFrame;
use super::reports_funnel::ReportFunnelPage;
use super::reports_responses::ReportResponsesPage;
use super::reports_visits::ReportVisitsPage;
use super::routing::RoutingPage;
use super::rules::RulesPage;
use super::segment::SegmentPage;
use super::segments::SegmentsPage;
use super::set_up::SetUpPage;
use super::settings::{SettingsFrame, SettingsPage};
use super::shell::Shell;
use super::sign_in::SignInPage;
use super::site::SitePage;
use super::stages::StagesPage;
use super::suggestions::SuggestionsPage;
use super::team::TeamPage;
use super::today::TodayPage;
use super::tokens::TokensPage;
use super::visitors::VisitorsPage;
use super::workspace::WorkspacePage;
use crate::state::clock::Clock;
use crate::state::prefs::Prefs;
use crate::state::session::Session;
use crate::state::toasts::Toasts;
use crate::text;
use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::path;

/// The whole app.
#[component]
pub(crate) fn App() -> impl IntoView {
    let prefs = Prefs::start();
    let session = Session::new();
    provide_context(prefs);
    provide_context(session);
    provide_context(Clock::start());
    provide_context(Toasts::start());
    text::provide(prefs.lang());
    session.ask();
    Effect::new(move |_| {
        if let Some(member) = session.member() {
            prefs.offer_lang(member.lang);
        }
    });
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/setup") view=SetUpPage />
                <Route path=path!("/sign-in") view=SignInPage />
                <Route path=path!("/join") view=JoinPage />
                <Route path=path!("/kit") view=KitPage />
                <ParentRoute path=path!("") view=Shell>
                    <Route path=path!("/") view=TodayPage />
                    <Route path=path!("/today") view=TodayPage />
                    <Route path=path!("/leads") view=LeadsPage />
                    <Route path=path!("/leads/:id") view=LeadPage />
                    <Route path=path!("/companies") view=CompaniesPage />
                    <Route path=path!("/companies/:id") view=CompanyPage />
                    <Route path=path!("/import") view=ImportPage />
                    <Route path=path!("/personas") view=PersonasPage />
                    <Route path=path!("/personas/:id") view=PersonaPage />
                    <Route path=path!("/suggestions") view=SuggestionsPage />
                    <Route path=path!("/bulks") view=BulksPage />
                    <Route path=path!("/visitors") view=VisitorsPage />
                    <Route path=path!("/stages") view=BoardPage />
                    <Route path=path!("/segments") view=SegmentsPage />
                    <Route path=path!("/segments/:id") view=SegmentPage />
                    <Route path=path!("/rules") view=RulesPage />
                    <Route path=path!("/rules/definition") view=DefinitionPage />
                    <Route path=path!("/rules/stages") view=StagesPage />
                    <Route path=path!("/rules/routing") view=RoutingPage />
                    <ParentRoute path=path!("/reports") view=ReportsFrame>
                        <Route path=path!("") view=ReportVisitsPage />
                        <Route path=path!("/funnel") view=ReportFunnelPage />
                        <Route path=path!("/responses") view=ReportResponsesPage />
                    </ParentRoute>
                    <ParentRoute path=path!("/settings") view=SettingsFrame>
                        <Route path=path!("") view=SettingsPage />
                        <Route path=path!("/account") view=OwnPage />
                        <Route path=path!("/workspace") view=WorkspacePage />
                        <Route path=path!("/team") view=TeamPage />
                        <Route path=path!("/tokens") view=TokensPage />
                        <Route path=path!("/hours") view=HoursPage />
                        <Route path=path!("/fields") view=FieldsPage />
                        <Route path=path!("/events") view=DictionaryPage />
                        <Route path=path!("/refusals") view=RefusalsPage />
                        <Route path=path!("/audit") view=AuditPage />
                        <Route path=path!("/files") view=FilesPage />
                        <Route path=path!("/sites/:key") view=SitePage />
                    </ParentRoute>
                    <ParentRoute path=path!("/team") view=SettingsFrame>
                        <Route path=path!("") view=TeamPage />
                    </ParentRoute>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
