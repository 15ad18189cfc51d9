//! The state diagram, drawn from the table: Mermaid for documents, SVG for pages.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::row::Who;
use super::status::Status::{self, *};
use super::table::Table;

/// Where each status stands in the picture (its centre), in a field of 680 x 700.
const PLACES: [(Status, i32, i32); 12] = [
    (Draft, 340, 40),
    (Requested, 340, 160),
    (Quoted, 100, 160),
    (Accepted, 340, 300),
    (InProgress, 340, 430),
    (AwaitingConfirmation, 340, 550),
    (Completed, 340, 660),
    (NoShow, 580, 430),
    (Disputed, 580, 550),
    (Declined, 100, 300),
    (Expired, 100, 40),
    (Cancelled, 580, 160),
];

const HALF_WIDTH: i32 = 82;
const HALF_HEIGHT: i32 = 20;

/// An arrow of the diagram: from, to, and the actions that go that way.
type Edges = BTreeMap<(Status, Status), Vec<&'static str>>;

/// Every change of status that the table allows, with the actions that make it.
fn edges(table: Table, with_admin: bool) -> Edges {
    let mut edges = Edges::new();
    for row in table.rows() {
        let ways = row.paths.iter().filter(|path| with_admin || path.by != [Who::Admin] || path.from == [Disputed]);
        for (path, to) in ways.filter_map(|path| Some((path, path.to?))) {
            for from in path.from {
                edges.entry((*from, to)).or_default().push(row.action_name);
            }
        }
    }
    edges
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
/// `path` is the way of one booking, whose arrows are lit; `counts` are numbers to show at the statuses.
/// It is styled by the classes `machine-node`, `machine-edge`, `machine-label` and `lit`.
pub fn svg(table: Table, path: &[Status], counts: &BTreeMap<Status, u64>) -> String {
    let lit = |from: Status, to: Status| path.windows(2).any(|pair| pair == [from, to]);
    let mut out = String::from(
        "<svg class=\"machine\" viewBox=\"0 0 680 700\" role=\"img\" aria-labelledby=\"machine-title\">\
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
            y + 5,
            status.label()
        );
        if let Some(count) = counts.get(&status) {
            _ = write!(out, " ({count})");
        }
        out.push_str("</text></g>");
    }
    out.push_str("</svg>");
    out
}

/// A curve from one box's border to another's, bent to its right so that there and back do not meet.
fn arrow(out: &mut String, from: Status, to: Status, actions: &[&str], lit: bool) {
    let ((x1, y1), (x2, y2)) = (place(from), place(to));
    let (dx, dy) = (x2 - x1, y2 - y1);
    let length = f64::from(dx * dx + dy * dy).sqrt().max(1.0);
    let bend = if skips_a_box(from, to) { 0.42 } else { 0.09 };
    let (mx, my) = (f64::from(x1 + x2) / 2.0, f64::from(y1 + y2) / 2.0);
    let (cx, cy) = (mx + f64::from(dy) * bend * 2.0, my - f64::from(dx) * bend * 2.0);
    let (sx, sy) = border((x1, y1), (cx, cy));
    let (ex, ey) = border((x2, y2), (cx, cy));
    let (lx, ly) = (0.25 * sx + 0.5 * cx + 0.25 * ex, 0.25 * sy + 0.5 * cy + 0.25 * ey);
    let class = if lit { "machine-edge lit" } else { "machine-edge" };
    _ = write!(
        out,
        "<path class=\"{class}\" d=\"M{sx:.0} {sy:.0}Q{cx:.0} {cy:.0} {ex:.0} {ey:.0}\" fill=\"none\" \
         marker-end=\"url(#arrow)\"/>"
    );
    let up = if length > 0.0 { i32::try_from(actions.len()).unwrap_or(1) - 1 } else { 0 };
    for (line, action) in (0i32..).zip(actions) {
        let y = ly + 4.0 + f64::from(line * 13) - f64::from(up) * 6.5;
        let words = action.replace('_', " ");
        _ = write!(out, "<text class=\"machine-label\" x=\"{lx:.0}\" y=\"{y:.0}\" text-anchor=\"middle\">{words}</text>");
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

/// Whether a third box lies on the straight line between two.
fn skips_a_box(from: Status, to: Status) -> bool {
    let ((x1, y1), (x2, y2)) = (place(from), place(to));
    PLACES.iter().filter(|(status, ..)| *status != from && *status != to).any(|(_, x, y)| {
        let inside = |a: i32, b: i32, v: i32| a.min(b) <= v && v <= a.max(b);
        let on_line = (x2 - x1) * (y - y1) == (y2 - y1) * (x - x1);
        on_line && inside(x1, x2, *x) && inside(y1, y2, *y)
    })
}

fn place(status: Status) -> (i32, i32) {
    PLACES.iter().find(|(other, ..)| *other == status).map_or((0, 0), |(_, x, y)| (*x, *y))
}
