//! How the free times of some days look: a day is opened, a time is a radio button.

use leptos::prelude::*;

use super::Week;
use crate::time::{self, Timestamp};
use crate::ui::form::Form;

impl Week {
    /// The days with their times. Paging is a button of the form, so that nothing typed is lost.
    pub fn render(&self, form: &Form) -> AnyView {
        let chosen = form.get("starts_at");
        let mut zones = format!("Times are in {}.", time::zone_name(self.from, &self.zone));
        if let Some(zone) = self.other_zone() {
            let yours = time::zone_name(self.from, zone);
            zones.push_str(&format!(" Below each is the time where you are, in {yours}."));
        }
        let nothing_free = self.times.is_empty().then(|| {
            view! { <p class="empty-days">"No time is free in these days. Look at later ones."</p> }
        });
        let day = |at: &Timestamp| at.local_field(&self.zone).split('T').next().unwrap_or_default().to_owned();
        let holds_choice = |times: &[Timestamp]| times.iter().any(|at| at.0.to_string() == chosen);
        let nothing_chosen = !holds_choice(&self.times);
        let days = self.times.chunk_by(|a, b| day(a) == day(b)).enumerate().map(|(number, times)| {
            // One day at a time is open, so that a phone does not scroll through a week.
            let open = holds_choice(times) || (nothing_chosen && number == 0);
            self.day(times, chosen, open)
        });
        let button = |value: &'static str, label: &'static str, on: bool| {
            view! { <button class="btn" name="go" formnovalidate value=value disabled=!on>{label}</button> }
        };
        view! {
            <fieldset class="field picker" id="starts_at">
                <legend>"When"</legend>
                <p class="hint">{zones}</p>
                <input type="hidden" name="from" value=self.from.0.to_string() />
                {nothing_free}
                {days.collect_view()}
                <p class="row">
                    {button("earlier", "Earlier days", self.earlier)}
                    {button("later", "Later days", self.later)}
                </p>
            </fieldset>
        }
        .into_any()
    }

    fn day(&self, times: &[Timestamp], chosen: &str, open: bool) -> AnyView {
        let title = times.first().map(|at| at.day_text(&self.zone)).unwrap_or_default();
        let count = if times.len() == 1 { "1 time".to_owned() } else { format!("{} times", times.len()) };
        let time = |at: &Timestamp| {
            let value = at.0.to_string();
            let checked = chosen == value;
            let yours = self.other_zone().map(|zone| view! { <small>{at.clock_text(zone)}</small> });
            view! {
                <label class="time">
                    <input type="radio" name="starts_at" value=value checked=checked />
                    <span>{at.clock_text(&self.zone)}{yours}</span>
                </label>
            }
        };
        view! {
            <details class="day" name="day" open=open>
                <summary>{format!("{title} ")}<span class="hint">{count}</span></summary>
                <div class="times" role="group" aria-label=title>{times.iter().map(time).collect_view()}</div>
            </details>
        }
        .into_any()
    }
}
