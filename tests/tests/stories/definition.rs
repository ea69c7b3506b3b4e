//! The definition of a good lead: named heads, a draft, two signatures under one version, and the line that follows.

use domain::api::{
    CompareDefinitions, DefinitionState, DraftDefinition, Me, NameHeads, ReadDefinition,
    ReadRulebook, Rebuild, Role, SaveRulebook, SignDefinition,
};
use domain::definition::{Definition, Difference, Side};
use domain::id::{Ms, UserId};
use tests::http::Answer;
use tests::member::Member;
use tests::server::Server;
use tests::{new_uuid, now_ms};
use uuid::Uuid;

const DAY_MS: Ms = 86_400_000;

fn id_of(member: &Member) -> UserId {
    member.call(&Me {}).id
}

fn names(marketing: UserId, sales: UserId) -> NameHeads {
    NameHeads {
        key: new_uuid(),
        marketing,
        sales,
    }
}

fn draft(expected_version: u32, score: i32, from: Option<Ms>) -> DraftDefinition {
    DraftDefinition {
        key: new_uuid(),
        expected_version,
        definition: Definition {
            score,
            ..domain::definition::starter()
        },
        from,
    }
}

fn sign(side: Side, expected_version: u32) -> SignDefinition {
    SignDefinition {
        key: new_uuid(),
        expected_version,
        side,
    }
}

#[track_caller]
fn assert_wrong(answer: &Answer, field: &str, code: &str) {
    let error = answer.error();
    let told = (answer.status, error.field.as_deref(), error.code.as_str());
    assert_eq!(told, (422, Some(field), code), "{}", answer.text());
}

/// Someone else was first: what is current is told.
#[track_caller]
fn assert_conflict(answer: &Answer, current: &DefinitionState) {
    assert_eq!(answer.status, 409, "{}", answer.text());
    let told = answer.error().current.expect("what is current");
    let told: DefinitionState = serde_json::from_value(told).expect("the definition");
    assert_eq!(told, *current);
}

#[test]
fn two_heads_sign_one_definition_and_the_line_follows() {
    let (server, owner) = Server::opened();
    let marketer = owner.brings(&server, Role::Marketer);
    let seller = owner.brings(&server, Role::Sales);
    let viewer = owner.brings(&server, Role::Viewer);
    let (marketing, sales) = (id_of(&marketer), id_of(&seller));
    for (call, field, code) in [
        (names(marketing, marketing), "sales", "same_person"),
        (
            names(UserId(Uuid::nil()), sales),
            "marketing",
            "unknown_member",
        ),
        (names(marketing, id_of(&viewer)), "sales", "role_too_low"),
    ] {
        assert_wrong(&owner.try_call(&call), field, code);
    }
    assert_eq!(owner.call(&names(marketing, sales)).heads.len(), 2);

    let first = marketer.call(&draft(0, 45, None));
    assert_eq!(first.agreement.last, 1);
    let wrong = [
        (draft(1, 0, None), "score", "out_of_range"),
        (
            draft(1, 45, Some(now_ms() + 400 * DAY_MS)),
            "from",
            "not_ahead",
        ),
    ];
    for (call, field, code) in wrong {
        assert_wrong(&marketer.try_call(&call), field, code);
    }
    assert_conflict(&marketer.try_call(&draft(0, 50, None)), &first);
    assert_wrong(
        &marketer.try_call(&sign(Side::Sales, 1)),
        "side",
        "not_the_head",
    );
    marketer.call(&sign(Side::Marketing, 1));
    // Marketing edits again while sales reads: two sign different versions, and the second is told so.
    let second = marketer.call(&draft(1, 50, Some(now_ms() + 2 * DAY_MS)));
    assert_conflict(&seller.try_call(&sign(Side::Sales, 1)), &second);
    let by_sales = sign(Side::Sales, 2);
    let half = seller.call(&by_sales);
    assert_eq!(
        seller.call(&by_sales),
        half,
        "the same key twice is one signature"
    );
    assert_conflict(&seller.try_call(&sign(Side::Sales, 2)), &half);
    assert_eq!(
        (
            half.in_force,
            owner.call(&ReadRulebook {}).rulebook.mql_score
        ),
        (None, 60)
    );
    let whole = marketer.call(&sign(Side::Marketing, 2));
    assert_eq!(
        (whole.in_force, whole.agreement.signed.len()),
        (None, 1),
        "its day has not come"
    );

    // Its day comes, and nothing else happens.
    server.settle_at(2 * DAY_MS);
    let holds = viewer.call(&ReadDefinition {});
    assert_eq!(holds.in_force, Some(2));
    let published = owner.call(&ReadRulebook {});
    assert_eq!(published.rulebook.mql_score, 50);
    let mut rulebook = published.rulebook;
    rulebook.mql_score = 60;
    let save = SaveRulebook {
        key: new_uuid(),
        expected_version: published.version,
        rulebook,
    };
    assert_wrong(&owner.try_call(&save), "mql_score", "signed");

    // A third version says what it would change; any two can be compared.
    let third = marketer.call(&draft(2, 55, None));
    assert_eq!(third.changes, [Difference::Score { from: 50, to: 55 }]);
    let compare = |from, to| viewer.try_call(&CompareDefinitions { from, to });
    for (from, to) in [(Some(2), Some(3)), (None, None)] {
        let differences: Vec<Difference> = compare(from, to).json();
        assert_eq!(differences, third.changes);
    }
    assert_wrong(&compare(Some(2), Some(9)), "to", "unknown_version");

    let lived = server.projections();
    owner.call(&Rebuild {});
    server.settle();
    crate::rebuild::assert_same(&lived, &server.projections());
}
