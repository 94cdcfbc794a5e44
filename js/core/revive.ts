// Bytes on a static page: JSON holds them as { bytes: base64 }, a view takes them as Jupyter sends them, as a DataView.
import type { State } from "./local_model";

/** The state with every such value turned into a view of its bytes. */
export function revived(state: State): State {
  return Object.fromEntries(Object.entries(state).map(([name, value]) => [name, bytesOf(value) ?? value]));
}

function bytesOf(value: unknown): DataView | null {
  if (typeof value !== "object" || value === null || !("bytes" in value) || typeof value.bytes !== "string") return null;
  return new DataView(Uint8Array.from(atob(value.bytes), (letter) => letter.charCodeAt(0)).buffer);
}
