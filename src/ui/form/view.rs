//! How a form looks: a summary of what is wrong on top, and each field with label, hint and problem tied together.

use leptos::prelude::*;

use super::{Control, Form, Input};
use crate::ui::escape::escape;
use crate::ui::field::{described, hint_id, problem_id};
use crate::ui::icon::Icon;

impl Form {
    /// What is wrong, each line leading to its field; nothing if nothing is. Takes the focus when the page appears.
    pub fn render_summary(&self) -> AnyView {
        if self.is_fine() {
            return ().into_any();
        }
        let trouble = self.trouble.clone().map(|trouble| view! { <p><b>{trouble}</b></p> });
        let lines: Vec<_> = self
            .problems
            .iter()
            .map(|problem| {
                let href = format!("#{}", problem.field);
                view! { <li><a class="link" href=href>{problem.message.clone()}</a></li> }
            })
            .collect();
        let problems = (!lines.is_empty()).then(|| {
            view! {
                <p><b>"Something has to be different:"</b></p>
                <ul>{lines}</ul>
            }
        });
        view! {
            <div class="alert" role="alert" id="problem" tabindex="-1" autofocus>
                <Icon name="triangle-alert" />
                <div>{trouble} {problems}</div>
            </div>
        }
        .into_any()
    }

    /// What is wrong, or that all was saved if the page was led to as `?saved=1`.
    pub fn render_outcome(&self) -> AnyView {
        let saved = self.ticked("saved") && self.is_fine();
        let done = saved.then(|| view! { <p class="done" role="status">"Saved."</p> });
        view! { {self.render_summary()} {done} }.into_any()
    }

    /// A field with what it holds.
    pub fn render(&self, input: &Input) -> AnyView {
        let Input { name, label, control, required, hint } = *input;
        let problem = problem_line(name, self.problem_of(name));
        let described = described(name, !hint.is_empty());
        let hint = hint_line(name, hint);
        match control {
            Control::Check => {
                let invalid = self.invalid(name);
                view! {
                    <div class="field">
                        <label class="tick">
                            <input
                                type="checkbox"
                                value="on"
                                id=name.to_owned()
                                name=name.to_owned()
                                aria-describedby=described
                                checked=self.ticked(name)
                                aria-invalid=invalid
                            />
                            <span>{label.to_owned()}</span>
                        </label>
                        {hint}
                        {problem}
                    </div>
                }
                .into_any()
            }
            Control::Radios(choices) => self.group(input, "radio", choices, hint, problem),
            Control::Ticks(choices) => self.group(input, "checkbox", choices, hint, problem),
            _ => view! {
                <div class="field">
                    <label for=name.to_owned()>{label.to_owned()} {mark(required)}</label>
                    {hint}
                    {self.control(input)}
                    {problem}
                </div>
            }
            .into_any(),
        }
    }

    fn invalid(&self, name: &str) -> Option<&'static str> {
        (!self.problem_of(name).is_empty()).then_some("true")
    }

    fn group(
        &self,
        input: &Input,
        kind: &'static str,
        choices: &[(String, String)],
        hint: AnyView,
        problem: AnyView,
    ) -> AnyView {
        let Input { name, label, required, hint: words, .. } = *input;
        let one = kind == "radio";
        let choices: Vec<_> = choices
            .iter()
            .map(|(value, text)| {
                let on = if one { self.get(name) == value } else { self.all(name).contains(value) };
                view! {
                    <label class="tick">
                        <input type=kind name=name.to_owned() value=value.clone() checked=on required=required && one />
                        <span>{text.clone()}</span>
                    </label>
                }
            })
            .collect();
        view! {
            <fieldset class="field" id=name.to_owned() aria-describedby=described(name, !words.is_empty())>
                <legend>{label.to_owned()} {mark(required)}</legend>
                {hint}
                <div class="choices">{choices}</div>
                {problem}
            </fieldset>
        }
        .into_any()
    }

    fn control(&self, input: &Input) -> AnyView {
        let Input { name, control, required, hint, .. } = *input;
        let (id, described, invalid) = (name.to_owned(), described(name, !hint.is_empty()), self.invalid(name));
        let name_attribute = id.clone();
        match control {
            Control::Line(kind, autocomplete) => {
                // A password never comes back.
                let value = (kind != "password").then(|| self.get(name).to_owned());
                view! {
                    <input
                        type=kind
                        autocomplete=autocomplete
                        class="control"
                        id=id
                        name=name_attribute
                        aria-describedby=described
                        required=required
                        aria-invalid=invalid
                        value=value
                    />
                }
                .into_any()
            }
            Control::Select(_) | Control::Grouped(_) => {
                let options = match control {
                    Control::Select(choices) => self.options(name, choices),
                    Control::Grouped(groups) => {
                        groups.iter().map(|group| self.option_group(name, group)).collect_view().into_any()
                    }
                    _ => ().into_any(),
                };
                view! {
                    <select
                        class="control"
                        id=id
                        name=name_attribute
                        aria-describedby=described
                        required=required
                        aria-invalid=invalid
                    >
                        {options}
                    </select>
                }
                .into_any()
            }
            _ => view! {
                <textarea
                    rows="5"
                    class="control"
                    id=id
                    name=name_attribute
                    aria-describedby=described
                    required=required
                    aria-invalid=invalid
                    // A browser drops the first line break of a text area, so it gets one to drop.
                    inner_html=format!("\n{}", escape(self.get(name)))
                ></textarea>
            }
            .into_any(),
        }
    }

    fn options(&self, name: &str, choices: &[(String, String)]) -> AnyView {
        let option = |(value, text): &(String, String)| {
            let selected = self.get(name) == value;
            view! { <option value=value.clone() selected=selected>{text.clone()}</option> }
        };
        choices.iter().map(option).collect_view().into_any()
    }

    /// Choices without a name are none of a group.
    fn option_group(&self, name: &str, (group, choices): &(&str, Vec<(String, String)>)) -> AnyView {
        let options = self.options(name, choices);
        if group.is_empty() {
            return options;
        }
        view! { <optgroup label=(*group).to_owned()>{options}</optgroup> }.into_any()
    }
}

fn hint_line(name: &str, hint: &str) -> AnyView {
    if hint.is_empty() {
        return ().into_any();
    }
    view! { <p class="hint" id=hint_id(name)>{hint.to_owned()}</p> }.into_any()
}

/// Visible only: a screen reader reads it from the control.
fn mark(required: bool) -> Option<impl IntoView> {
    (!required).then(|| view! { <span class="mark" aria-hidden="true">"optional"</span> })
}

fn problem_line(name: &str, problem: &str) -> AnyView {
    view! { <p class="problem" id=problem_id(name) hidden=problem.is_empty()>{problem.to_owned()}</p> }.into_any()
}
