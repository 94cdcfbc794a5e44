// Light or dark, from what each host says of itself.
import { describe, expect, test } from "vitest";
import { luminanceOf, themeOf, type HostFacts } from "../core/theme";

const SILENT: HostFacts = { jupyter: null, classes: "", attributes: "", background: null, prefersDark: false };

describe("themeOf", () => {
  test.each([
    ["JupyterLab, light", { jupyter: "true", prefersDark: true, background: "rgb(17, 17, 17)" }, "light"],
    ["JupyterLab, dark", { jupyter: "false", background: "rgb(255, 255, 255)" }, "dark"],
    ["VS Code, dark", { classes: "vscode-dark" }, "dark"],
    ["VS Code, light", { classes: "vscode-light", prefersDark: true }, "light"],
    ["VS Code, high contrast", { classes: "vscode-high-contrast" }, "dark"],
    ["VS Code, light high contrast", { classes: "vscode-high-contrast vscode-high-contrast-light", prefersDark: true }, "light"],
    ["Colab, dark", { attributes: "dark" }, "dark"],
    ["a page that says light", { attributes: "light", prefersDark: true }, "light"],
    ["a dark page", { background: "rgb(30, 30, 30)" }, "dark"],
    ["a light page", { background: "rgb(250, 250, 250)", prefersDark: true }, "light"],
    ["nothing, and the system is dark", { prefersDark: true }, "dark"],
    ["nothing at all", {}, "light"],
  ] as const)("%s", (_, facts, theme) => {
    expect(themeOf({ ...SILENT, ...facts })).toBe(theme);
  });
});

test("the luminance of opaque colours, and of no others", () => {
  expect(luminanceOf("rgb(255, 255, 255)")).toBeCloseTo(1, 10);
  expect(luminanceOf("rgb(0, 0, 0)")).toBe(0);
  expect(luminanceOf("rgb(0, 255, 0)")).toBeCloseTo(0.7152, 10);
  expect(luminanceOf("rgba(0, 0, 255, 0.9)")).toBeCloseTo(0.0722, 10);
  expect(luminanceOf("rgb(10 20 30 / 0.8)")).not.toBeNull();
  for (const none of ["rgba(0, 0, 0, 0)", "rgba(9, 9, 9, 0.2)", "transparent", "", null]) expect(luminanceOf(none)).toBeNull();
});
