//! Who may be named as a head: members of the workspace who may sign. The workspace's object knows no members, so it is
//! looked at here.

use crate::directory::door::Door;
use crate::error::Failure;
use domain::api::{Access, Call, Member, NameHeads, SignDefinition};
use worker::Env;

/// Refuses to name someone who is no member, or whose role is too low to sign.
pub(super) async fn check(body: &[u8], member: &Member, env: &Env) -> Result<(), Failure> {
    // What cannot be read is refused where it is answered.
    let Ok(named) = domain::api::read::<NameHeads>(Vec::new(), "", body) else {
        return Ok(());
    };
    let members = Door::to(env)?.members(member.workspace.clone()).await?;
    for (field, id) in [("marketing", named.marketing), ("sales", named.sales)] {
        let known = members.iter().find(|member| member.id == id);
        let known = known.ok_or_else(|| Failure::invalid(field, "unknown_member"))?;
        if matches!(SignDefinition::ACCESS, Access::Session(least) if !known.role.may(least)) {
            return Err(Failure::invalid(field, "role_too_low"));
        }
    }
    Ok(())
}
