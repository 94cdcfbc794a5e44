// Where the picture comes from: those that are there, the learner's own, a file, or the camera.
import { useRef } from "preact/hooks";
import type { Packed } from "./picture";

interface SourcesProps {
  names: readonly string[];
  /** The name of the picture on view, "own" for one of the learner's, "camera" while that is open. */
  current: string;
  own: Packed | null;
  onPick: (picture: string | Packed) => void;
  onFile: (file: Blob) => void;
  onCamera: () => void;
  onFreeze: () => void;
  onStop: () => void;
}

const LABELS: Record<string, string> = { hopper: "Grace Hopper", disc: "Disc", edges: "Edge image", checkerboard: "Checkerboard" };

export function labelOf(name: string): string {
  return LABELS[name] ?? (name === "own" ? "Your picture" : name);
}

export function Sources({ names, current, own, onPick, onFile, onCamera, onFreeze, onStop }: SourcesProps) {
  const field = useRef<HTMLInputElement>(null);
  const chip = (label: string, pressed: boolean, act: () => void) => (
    <button key={label} type="button" class="cnnw-chip" aria-pressed={pressed} onClick={act}>
      {label}
    </button>
  );
  return (
    <div class="cnnw-chips" role="group" aria-label="Picture">
      <b aria-hidden="true">Picture</b>
      {names.map((name) => chip(labelOf(name), current === name, () => onPick(name)))}
      {own && chip(labelOf("own"), current === "own", () => onPick(own))}
      <button type="button" class="cnnw-chip" onClick={() => field.current?.click()}>
        Upload…
      </button>
      <input
        ref={field}
        type="file"
        accept="image/*"
        hidden
        aria-label="Upload a picture"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = ""; // the same file may be chosen again
          if (file) onFile(file);
        }}
      />
      {current === "camera" ? (
        <>
          {chip("Keep this frame", false, onFreeze)}
          {chip("Stop camera", false, onStop)}
        </>
      ) : (
        chip("Camera", false, onCamera)
      )}
    </div>
  );
}
