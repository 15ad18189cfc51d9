// The field for a place: suggests towns while somebody types, and asks the browser where they are if they want that.
// Without this it is an ordinary text field.
import { setZoneCookie } from "./zone.ts";

setZoneCookie();

/** After so many milliseconds without a key, towns are asked for. */
const PAUSE_MS = 150;

const field = document.getElementById("place") as HTMLInputElement;
/** The list of suggestions below the field, which the server renders empty. */
const list = document.getElementById("place-list")!;
/** Grows with each key, so that a late answer is known to be late. */
let turn = 0;
/** Which of the suggestions is marked, as a position in the list; -1 for none. */
let marked = -1;

const mark = (position: number) => {
  list.children[marked]?.setAttribute("aria-selected", "false");
  list.children[position]?.setAttribute("aria-selected", "true");
  field.setAttribute("aria-activedescendant", list.children[position]?.id ?? "");
  marked = position;
};

const expand = (open: boolean) => {
  field.setAttribute("aria-expanded", String(open));
  list.hidden = !open;
};

const close = () => {
  // An answer that is still on its way shall not open it again.
  turn++;
  mark(-1);
  expand(false);
};

const choose = (option: Element) => {
  field.value = option.textContent!;
  close();
};

const fetchTowns = async (typed: string): Promise<string[]> => {
  if (!typed.trim()) return [];
  const answer = await fetch(`/api/suggest_places?${new URLSearchParams({ typed })}`);
  return answer.ok ? answer.json() : [];
};

const show = (towns: string[]) => {
  mark(-1);
  const options = towns.map((town, position) => {
    const option = document.createElement("li");
    option.id = `place-${position}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.textContent = town;
    return option;
  });
  list.replaceChildren(...options);
  expand(towns.length > 0);
};

const suggest = () => {
  const asked = ++turn;
  const typed = field.value;
  setTimeout(async () => {
    if (asked !== turn) return;
    const towns = await fetchTowns(typed).catch(() => []);
    if (asked === turn) show(towns);
  }, PAUSE_MS);
};

const onKey = (event: KeyboardEvent) => {
  if (list.hidden) return;
  const count = list.childElementCount;
  if (event.key === "ArrowDown") mark((marked + 1) % count);
  else if (event.key === "ArrowUp") mark((marked > 0 ? marked : count) - 1);
  else if (event.key === "Enter" && marked >= 0) choose(list.children[marked]!);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
};

field.setAttribute("role", "combobox");
field.setAttribute("aria-autocomplete", "list");
field.setAttribute("aria-expanded", "false");
field.setAttribute("aria-controls", list.id);
field.addEventListener("input", suggest);

const place = field.closest<HTMLElement>(".place")!;
place.addEventListener("keydown", onKey);
place.addEventListener("focusout", close);
place.addEventListener("mousedown", (event) => {
  const option = (event.target as Element).closest("[role=option]");
  if (!option) return;
  // The field keeps the focus.
  event.preventDefault();
  choose(option);
});

// "Near me": asks where one is when it is pressed, and not before.
const near = document.getElementById("near-me") as HTMLButtonElement;
if (navigator.geolocation) {
  near.hidden = false;
  near.onclick = () => {
    const said = near.nextElementSibling!;
    said.textContent = "Asking your browser…";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        field.value = "";
        const position = near.form!.elements.namedItem("near") as HTMLInputElement;
        position.value = `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`;
        near.form!.requestSubmit();
      },
      () => (said.textContent = "Your browser did not say. Type a town or suburb."),
      { timeout: 10000, maximumAge: 600000 },
    );
  };
}
