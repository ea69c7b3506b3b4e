//! The screens, a file each, and the way from one to another.

mod app;
mod companies;
mod company;
mod dictionary;
mod dictionary_entry;
mod dictionary_todo;
mod export;
mod failure;
mod gate;
mod join;
mod lead;
mod lead_filters;
mod lead_pursuit;
mod leads;
mod not_found;
mod refusals;
mod rules;
mod set_up;
mod settings;
mod shell;
mod sign_in;
mod site;
mod site_check;
mod site_edit;
mod site_reference;
mod site_tag;
mod sites;
mod suspects;
mod team;
mod visitors;

pub(crate) use app::App;
