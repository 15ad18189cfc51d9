//! How the week looks: a table and its legend.

use leptos::prelude::*;

use super::{Cell, Grid, State};
use crate::time::{self, Day, Timestamp};

impl Grid {
    /// The table and its legend. Where the clocks of the viewer's zone show something else, each hour has both times.
    pub fn render(&self, zone: &str, viewer_zone: &str) -> AnyView {
        let other = self.days.iter().any(|day| shows_otherwise(day.wall(720, false), zone, viewer_zone));
        let rows = self.rows.iter().enumerate().map(|(number, row)| {
            let hour = self.first + number;
            let elsewhere = other.then(|| view! { " " <small>{self.elsewhere(hour, viewer_zone)}</small> });
            view! {
                <tr>
                    <th scope="row">{format!("{hour:02}:00")}{elsewhere}</th>
                    {row.iter().map(|cell| render_cell(hour, cell)).collect_view()}
                </tr>
            }
        });
        let legend = State::LEGEND.map(|(_, character, class, label)| {
            view! { <li><span aria-hidden="true" class=format!("slot {class}")>{character}</span>{label}</li> }
        });
        view! {
            <div class="week-scroll">
                <table class="week">
                    <caption class="hint">{self.caption(zone, other.then_some(viewer_zone))}</caption>
                    <thead><tr><td></td>{self.days.iter().map(render_day).collect_view()}</tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
            <ul class="legend" aria-label="Legend">{legend.collect_view()}</ul>
        }
        .into_any()
    }

    /// Which week it is and whose clocks are shown: those of `zone`, and those of the viewer where they are others.
    fn caption(&self, zone: &str, viewer_zone: Option<&str>) -> String {
        let monday = self.days.first().map(Day::text).unwrap_or_default();
        let name = |day: Option<&Day>, zone: &str| {
            day.map(|day| time::zone_name(day.wall(1439, true), zone)).unwrap_or_default()
        };
        let (first, last) = (name(self.days.first(), zone), name(self.days.last(), zone));
        let zone_name = if first == last { first } else { format!("{first}, later {last}") };
        let also_here = viewer_zone.map_or_else(String::new, |viewer_zone| {
            format!(", and below where you are, in {}", name(self.days.last(), viewer_zone))
        });
        format!("Week of {monday}, times in {zone_name}{also_here}")
    }
}

/// Whether the clocks of two zones differ at an instant.
fn shows_otherwise(at: Timestamp, zone: &str, other: &str) -> bool {
    at.local_field(zone) != at.local_field(other)
}

fn render_day(day: &Day) -> AnyView {
    let text = day.short_text();
    let (weekday, date) = text.split_once(' ').unwrap_or((&text, ""));
    view! { <th scope="col">{format!("{weekday} ")}<small>{date.to_owned()}</small></th> }.into_any()
}

/// One hour: a part for each stretch of it. Sighted people get patterns and letters, a screen reader a sentence.
fn render_cell(hour: usize, cell: &Cell) -> AnyView {
    let (mut parts, mut states) = (Vec::new(), Vec::new());
    let mut quarter = 0;
    for run in cell.chunk_by(|one, other| one == other) {
        let (character, class, meaning) = run.first().map_or(("", "", ""), |state| state.look());
        parts.push(view! { <i class=format!("slot {class} q{}", run.len())>{character}</i> });
        states.push(match quarter {
            0 => meaning.to_owned(),
            _ => format!("from {hour:02}:{:02} {meaning}", quarter * 15),
        });
        quarter += run.len();
    }
    view! {
        <td>
            <span class="slots" aria-hidden="true">{parts}</span>
            <span class="sr-only">{states.join(", ")}</span>
        </td>
    }
    .into_any()
}
