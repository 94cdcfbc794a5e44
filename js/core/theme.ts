// Light or dark, as the host page is: JupyterLab, VS Code, Colab, marimo, any page with a background.
import type { Theme } from "./colour";

/** What the host page says of itself: attributes and classes of html and body, and the colour behind the widget. */
export interface HostFacts {
  readonly jupyter: string | null;
  readonly classes: string;
  readonly attributes: string;
  readonly background: string | null;
  readonly prefersDark: boolean;
}

/** The theme that follows from the facts, the surest one first. */
export function themeOf({ jupyter, classes, attributes, background, prefersDark }: HostFacts): Theme {
  if (jupyter === "true") return "light";
  if (jupyter === "false") return "dark";
  // VS Code's light high contrast carries the class of the dark one too.
  if (/\bvscode-(light|high-contrast-light)\b/.test(classes)) return "light";
  if (/\bvscode-(dark|high-contrast)\b/.test(classes)) return "dark";
  if (attributes === "dark" || attributes === "light") return attributes;
  const luminance = luminanceOf(background);
  if (luminance !== null) return luminance < 0.25 ? "dark" : "light";
  return prefersDark ? "dark" : "light";
}

/** Relative luminance of an opaque "rgb(…)" colour, 0 to 1; null for a transparent or unreadable one. */
export function luminanceOf(colour: string | null): number | null {
  const parts = colour?.match(/^rgba?\(([^)]+)\)$/)?.[1]?.split(/[\s,/]+/).map(Number);
  if (!parts || parts.length < 3 || parts.some(Number.isNaN) || (parts[3] ?? 1) < 0.5) return null;
  const linear = parts.slice(0, 3).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
}

function backgroundBehind(element: Element): string | null {
  let at: Node | null = element;
  while (at) {
    if (at instanceof Element) {
      const colour = getComputedStyle(at).backgroundColor;
      if (luminanceOf(colour) !== null) return colour;
    }
    at = at instanceof ShadowRoot ? at.host : at.parentNode;
  }
  return null;
}

/** Reads the facts off the page that holds `element`. */
export function factsAround(element: Element, query: MediaQueryList): HostFacts {
  const { documentElement: html, body } = document;
  return {
    jupyter: body.getAttribute("data-jp-theme-light"),
    classes: `${html.className} ${body.className}`,
    attributes: html.getAttribute("theme") ?? html.dataset["theme"] ?? body.dataset["theme"] ?? "",
    background: backgroundBehind(element),
    prefersDark: query.matches,
  };
}

/** Calls `follow` with the theme now and whenever it changes; returns what stops it. */
export function followTheme(element: Element, follow: (theme: Theme) => void): () => void {
  const query = matchMedia("(prefers-color-scheme: dark)");
  const tell = (): void => follow(themeOf(factsAround(element, query)));
  const observer = new MutationObserver(tell);
  for (const root of [document.documentElement, document.body]) {
    observer.observe(root, { attributes: true, attributeFilter: ["class", "style", "theme", "data-theme", "data-jp-theme-light"] });
  }
  query.addEventListener("change", tell);
  tell();
  return () => {
    observer.disconnect();
    query.removeEventListener("change", tell);
  };
}
