// The static page's script: brings each widget to life with a model of its own, and wires the examples.
import { fillAhead, once, Shelf, type Place } from "./core/live";
import { LocalModel, type State } from "./core/local_model";
import { revived } from "./core/revive";
import "./core/gallery.css";

interface PageData {
  entries: { bundle: string; state: State; presets: State[] }[];
  bundles: Record<string, string>;
  notebooks: Record<string, string>;
}

const data = JSON.parse(document.getElementById("g-data")!.textContent!) as PageData;
const shelf = new Shelf(data.bundles);
followToggle(document.querySelector<HTMLButtonElement>(".g-theme")!);
document.querySelectorAll<HTMLAnchorElement>("a[data-notebook]").forEach(offer);
fillAhead([...document.querySelectorAll<HTMLElement>(".g-entry")].map((section, index) => place(section, data.entries[index]!)));

function place(section: HTMLElement, { bundle, state, presets }: PageData["entries"][number]): Place {
  const live = once(async () => {
    const first = revived(state);
    const model = new LocalModel({ ...first, ...revived(presets[0] ?? {}) });
    await shelf.show(bundle, model, section.querySelector<HTMLElement>(".g-widget")!);
    // Not before the browser knows its size: a jump past it would end in the wrong place.
    requestAnimationFrame(() => requestAnimationFrame(() => section.classList.add("g-drawn")));
    return (changes: State): void => {
      for (const [name, value] of Object.entries({ ...first, ...revived(changes) })) model.set(name, value);
    };
  });
  const buttons = [...section.querySelectorAll<HTMLButtonElement>(".g-presets button")];
  buttons.forEach((button, index) => {
    button.addEventListener("click", async () => {
      for (const other of buttons) other.ariaPressed = String(other === button);
      section.querySelector(".g-look")!.textContent = button.dataset["line"] ?? "";
      (await live())(presets[index]!);
    });
  });
  return { element: section, fill: live };
}

/** A link that saves an exercise's notebook, which the page holds once, however many sections belong to it. */
function offer(link: HTMLAnchorElement): void {
  const text = data.notebooks[link.dataset["notebook"]!]!;
  link.href = URL.createObjectURL(new Blob([text], { type: "application/x-ipynb+json" }));
}

/** Light or dark as the system says, until the button is pressed. */
function followToggle(button: HTMLButtonElement): void {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const follow = (dark: boolean): void => {
    root.dataset["theme"] = dark ? "dark" : "light";
    button.ariaPressed = String(dark);
  };
  follow(system.matches);
  system.addEventListener("change", () => follow(system.matches));
  button.addEventListener("click", () => follow(root.dataset["theme"] !== "dark"));
}
