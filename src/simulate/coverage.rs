//! What a simulation has to reach: every legal cell (status, action, actor) and every denial code, both read from the table.

use std::collections::BTreeMap;

use super::market;
use crate::booking::machine::row::Who;
use crate::booking::machine::{Ask, Booking, Facts, Inputs, Role, Status, Table};
use crate::time::Timestamp;

/// From which status, by which action, by the role of that name.
pub type Cell = (Status, &'static str, &'static str);

/// How often each cell was done and each denial was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Cells, those that have not been reached included.
    pub cells: BTreeMap<Cell, u64>,
    /// Denial codes, likewise.
    pub codes: BTreeMap<&'static str, u64>,
}

impl Coverage {
    /// Everything that the table allows and every code it can deny with, nothing of it reached yet.
    pub fn of(table: Table<'static>) -> Self {
        let cells = table.rows().iter().flat_map(|row| {
            row.edges.iter().flat_map(move |edge| {
                let roles = edge.by.iter().flat_map(|who| roles(*who));
                roles.flat_map(move |role| edge.from.iter().map(move |from| (*from, row.action_name, role.name())))
            })
        });
        let unreached = |code: &'static str| (code, 0);
        Self {
            cells: cells.map(|cell| (cell, 0)).collect(),
            codes: codes(table).into_iter().filter(|code| !code.is_empty()).map(unreached).collect(),
        }
    }

    /// Counts a cell that was done.
    pub fn reach(&mut self, from: Status, action_name: &'static str, role: Role) {
        *self.cells.entry((from, action_name, role.name())).or_default() += 1;
    }

    /// Counts a denial.
    pub fn deny(&mut self, code: &'static str) {
        *self.codes.entry(code).or_default() += 1;
    }

    /// Adds what another simulation reached.
    pub fn add(&mut self, other: Coverage) {
        for (cell, count) in other.cells {
            *self.cells.entry(cell).or_default() += count;
        }
        for (code, count) in other.codes {
            *self.codes.entry(code).or_default() += count;
        }
    }

    /// How often each was reached, one a line.
    pub fn text(&self) -> String {
        let cell =
            |((from, action, role), count): (&Cell, &u64)| format!("{count:>9}  {} {action} {role}\n", from.name());
        let code = |(code, count): (&&str, &u64)| format!("{count:>9}  denial {code}\n");
        self.cells.iter().map(cell).chain(self.codes.iter().map(code)).collect()
    }

    /// The names of what was not reached.
    pub fn missing(&self) -> Vec<String> {
        let cells = self.cells.iter().filter(|(_, count)| **count == 0);
        let cells = cells.map(|((from, action, role), _)| format!("{} {action} {role}", from.name()));
        let codes = self.codes.iter().filter(|(_, count)| **count == 0).map(|(code, _)| format!("denial {code}"));
        cells.chain(codes).collect()
    }
}

/// The roles somebody meant by a path can have. A part that the booking's state gives somebody can be either party's.
fn roles(who: Who) -> &'static [Role] {
    match who {
        Who::Customer => &[Role::Customer],
        Who::Provider => &[Role::Provider],
        Who::Admin => &[Role::Admin],
        Who::System => &[Role::System],
        Who::CodeHolder => &[Role::Customer],
        _ => &[Role::Customer, Role::Provider],
    }
}

/// Every code with which the table can deny: for the wrong status, the wrong person, a missing input, and each guard's.
fn codes(table: Table<'static>) -> Vec<&'static str> {
    let with_code = |code: Option<&str>| {
        let booking = market::draft(0, 0, 1, None, Timestamp(0));
        Booking { start_code: code.map(Into::into), ..booking }
    };
    let (plain, coded, other) = (with_code(None), with_code(Some("2222")), with_code(Some("1111")));
    let (actor, facts, now) = (market::actor(&plain, Role::System), Facts::good(), Timestamp(0));
    let mut codes = vec!["wrong_status"];
    for row in table.rows() {
        let edges = || row.edges.iter();
        let guards = || row.guards.iter().chain(edges().flat_map(|edge| edge.guards));
        let wrong = Inputs::example(row, &other, now);
        // A guard may deny for more than one reason.
        for (booking, inputs) in [(&plain, &Inputs::default()), (&coded, &Inputs::default()), (&coded, &wrong)] {
            let ask = Ask { booking, actor: &actor, row, inputs, facts: &facts, now };
            codes.extend(guards().map(|guard| guard.code(&ask.case())));
        }
        codes.extend(row.inputs.iter().filter(|input| input.required).map(|_| "missing_input"));
        // The denial to the wrong person says whom the first way from the status is for.
        let first = |from: &Status| edges().find(|edge| edge.from.contains(from))?.by.first();
        codes.extend(Status::ALL.iter().filter_map(first).map(|who| who.denial().0));
    }
    codes
}
