//! The state diagram, rendered from the table: Mermaid for documents, SVG for pages.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::row::Who;
use super::table::Table;
use crate::booking::status::Status::{self, *};

/// Where each status stands in the picture (its centre), in a field of 1110 x 770.
const PLACES: [(Status, i32, i32); 12] = [
    (Draft, 500, 40),
    (Requested, 500, 210),
    (Quoted, 130, 210),
    (Accepted, 500, 380),
    (InProgress, 500, 500),
    (AwaitingConfirmation, 500, 620),
    (Completed, 500, 730),
    (NoShow, 870, 460),
    (Disputed, 870, 620),
    (Declined, 130, 380),
    (Expired, 130, 40),
    (Cancelled, 870, 210),
];

/// Arrows that would run over a box or a word if they were rendered like the others: how far each bends to its right (in
/// parts of its length), and where along it its words stand (0 to 1).
const EXCEPTIONS: [(Status, Status, f64, f64); 7] = [
    (Draft, Accepted, 0.3, 0.4),
    (Quoted, Cancelled, 0.1, 0.72),
    (Requested, Expired, 0.03, 0.5),
    (Accepted, AwaitingConfirmation, -0.5, 0.5),
    (InProgress, Completed, 0.5, 0.5),
    (Disputed, Cancelled, -0.25, 0.5),
    (Completed, Disputed, 0.015, 0.75),
];

/// How far an arrow bends to its right, so that there and back do not meet.
const BEND: f64 = 0.07;

const HALF_WIDTH: i32 = 100;
const HALF_HEIGHT: i32 = 20;

/// An arrow of the diagram: from, to, and the actions that go that way.
type Edges = BTreeMap<(Status, Status), Vec<&'static str>>;

/// Every change of status that the table allows, with the actions that make it.
fn edges(table: Table, with_admin: bool) -> Edges {
    let mut edges = Edges::new();
    for row in table.rows() {
        let ways = row.edges.iter().filter(|edge| with_admin || edge.by != [Who::Admin] || edge.from == [Disputed]);
        for (edge, to) in ways.filter_map(|edge| Some((edge, edge.to?))) {
            for from in edge.from.iter().filter(|from| with_admin || **from != to) {
                edges.entry((*from, to)).or_default().push(row.action_name);
            }
        }
    }
    edges
}

/// What stands in a status's box beside its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// How many bookings are there.
    pub count: u64,
    /// A few words more, directly after the count; may be empty.
    pub note: String,
}

/// The diagram as Mermaid text, one line an arrow, complete.
pub fn mermaid(table: Table) -> String {
    let mut text = String::from("stateDiagram-v2\n    [*] --> draft\n");
    for ((from, to), actions) in edges(table, true) {
        _ = writeln!(text, "    {} --> {}: {}", from.name(), to.name(), actions.join(", "));
    }
    text
}

/// The diagram as an SVG picture without the admin's way out of every status, which would hide the rest.
///
/// `path` is the way of one booking, whose arrows are lit; `marks` are what to show at the statuses. Notes are plain words:
/// they are not escaped.
/// It is styled by the classes `machine-node`, `machine-note`, `machine-edge`, `machine-label` and `lit`.
pub fn svg(table: Table, path: &[Status], marks: &BTreeMap<Status, Mark>) -> String {
    let lit = |from: Status, to: Status| path.windows(2).any(|pair| pair == [from, to]);
    let mut out = String::from(
        "<svg class=\"machine\" viewBox=\"0 0 1110 770\" role=\"img\" aria-labelledby=\"machine-title\">\
         <title id=\"machine-title\">The statuses of a booking and the actions that lead from one to another</title>\
         <defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" \
         orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"context-stroke\"/></marker></defs>",
    );
    for ((from, to), actions) in edges(table, false) {
        arrow(&mut out, from, to, &actions, lit(from, to));
    }
    for (status, x, y) in PLACES {
        let class = if path.contains(&status) { " lit" } else { "" };
        let (left, top) = (x - HALF_WIDTH, y - HALF_HEIGHT);
        let (width, height) = (2 * HALF_WIDTH, 2 * HALF_HEIGHT);
        _ = write!(
            out,
            "<g class=\"machine-node{class}\" data-status=\"{}\"><rect x=\"{left}\" y=\"{top}\" width=\"{width}\" \
             height=\"{height}\" rx=\"12\"/><text x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{}",
            status.name(),
            if marks.contains_key(&status) { y - 2 } else { y + 5 },
            status.label()
        );
        if let Some(Mark { count, note }) = marks.get(&status) {
            let y = y + 13;
            _ = write!(
                out,
                "</text><text class=\"machine-note\" x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{count}{note}"
            );
        }
        out.push_str("</text></g>");
    }
    out.push_str("</svg>");
    out
}

/// A curve from one box's border to another's, with the actions beside it.
fn arrow(out: &mut String, from: Status, to: Status, actions: &[&str], lit: bool) {
    let ((x1, y1), (x2, y2)) = (place(from), place(to));
    let (dx, dy) = (f64::from(x2 - x1), f64::from(y2 - y1));
    let exception = EXCEPTIONS.iter().find(|(a, b, ..)| (*a, *b) == (from, to));
    let (bend, along) = exception.map_or((BEND, 0.5), |(_, _, bend, along)| (*bend, *along));
    let (mx, my) = (f64::from(x1 + x2) / 2.0, f64::from(y1 + y2) / 2.0);
    let (cx, cy) = (mx + dy * bend * 2.0, my - dx * bend * 2.0);
    let (sx, sy) = border((x1, y1), (cx, cy));
    let (ex, ey) = border((x2, y2), (cx, cy));
    let class = if lit { "machine-edge lit" } else { "machine-edge" };
    _ = write!(
        out,
        "<path class=\"{class}\" d=\"M{sx:.0} {sy:.0}Q{cx:.0} {cy:.0} {ex:.0} {ey:.0}\" fill=\"none\" \
         marker-end=\"url(#arrow)\"/>"
    );
    let (before, after) = (1.0 - along, along);
    let on_curve = |a: f64, b: f64, c: f64| before * before * a + 2.0 * before * after * b + after * after * c;
    let (lx, ly) = (on_curve(sx, cx, ex), on_curve(sy, cy, ey));
    // The words stand on the side to which the arrow bends: beside a steep one, above or below a flat one.
    let steep = dy.abs() > dx.abs() * 0.3;
    let (anchor, shift_x, shift_y) = match (steep, dy * bend > 0.0, dx * bend > 0.0) {
        (true, true, _) => ("start", 6.0, 4.0),
        (true, false, _) => ("end", -6.0, 4.0),
        (false, _, true) => ("middle", 0.0, -6.0),
        (false, _, false) => ("middle", 0.0, 16.0),
    };
    for (line, action) in (0i32..).zip(actions) {
        let (x, y) = (lx + shift_x, ly + shift_y + f64::from(line * 14));
        let label = action.replace('_', " ");
        _ = write!(
            out,
            "<text class=\"machine-label\" x=\"{x:.0}\" y=\"{y:.0}\" text-anchor=\"{anchor}\">{label}</text>"
        );
    }
}

/// Where the straight line from a box's centre towards a point leaves the box.
fn border((x, y): (i32, i32), (tx, ty): (f64, f64)) -> (f64, f64) {
    let (x, y) = (f64::from(x), f64::from(y));
    let (dx, dy) = (tx - x, ty - y);
    let scale_x = if dx == 0.0 { f64::MAX } else { f64::from(HALF_WIDTH + 3) / dx.abs() };
    let scale_y = if dy == 0.0 { f64::MAX } else { f64::from(HALF_HEIGHT + 3) / dy.abs() };
    let scale = scale_x.min(scale_y).min(1.0);
    (x + dx * scale, y + dy * scale)
}

fn place(status: Status) -> (i32, i32) {
    PLACES.iter().find(|(other, ..)| *other == status).map_or((0, 0), |(_, x, y)| (*x, *y))
}
