// The static page's script: loads each widget's bundle from a blob, gives it a local model, and wires the examples.
import { LocalModel, type State } from "./core/local_model";
import { revived } from "./core/revive";
import "./core/gallery.css";

interface Widget {
  default: { render(context: { model: LocalModel; el: HTMLElement }): (() => void) | undefined };
}

interface PageData {
  entries: { bundle: string; state: State; presets: State[] }[];
  bundles: Record<string, string>;
}

const data = JSON.parse(document.getElementById("g-data")!.textContent!) as PageData;
followToggle(document.querySelector<HTMLButtonElement>(".g-theme")!);
document.querySelectorAll<HTMLElement>(".g-entry").forEach((section, index) => void show(section, data.entries[index]!));

async function show(section: HTMLElement, { bundle, state, presets }: PageData["entries"][number]): Promise<void> {
  const url = URL.createObjectURL(new Blob([data.bundles[bundle]!], { type: "text/javascript" }));
  const widget = (await import(url)) as Widget;
  URL.revokeObjectURL(url);
  const first = revived(state);
  const model = new LocalModel(first);
  widget.default.render({ model, el: section.querySelector<HTMLElement>(".g-widget")! });

  const buttons = [...section.querySelectorAll<HTMLButtonElement>(".g-presets button")];
  buttons.forEach((button, index) => {
    button.addEventListener("click", () => {
      for (const [name, value] of Object.entries({ ...first, ...revived(presets[index]!) })) model.set(name, value);
      for (const other of buttons) other.ariaPressed = String(other === button);
      section.querySelector(".g-look")!.textContent = button.dataset["line"] ?? "";
    });
  });
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
