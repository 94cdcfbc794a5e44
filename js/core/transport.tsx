// The transport: to start, back, play, step, to end, a scrubber and the speed.
import { SPEEDS, type Action } from "./playback";

interface TransportProps {
  step: number;
  count: number;
  playing: boolean;
  /** Why playing is off, where it is. */
  noPlay: string;
  speed: number;
  /** "Step 2 of 4: row 1, column 2". */
  valueText: string;
  /** What the scrubber moves along; empty for none, where a chart takes its place. */
  scrubber?: string;
  onAction: (action: Action) => void;
  onSpeed: (speed: number) => void;
}

const PATHS = {
  start: "M5 5v14M19 5L9 12l10 7z",
  back: "M16 5L6 12l10 7z",
  play: "M7 4l12 8-12 8z",
  pause: "M8 5v14M16 5v14",
  next: "M8 5l10 7-10 7z",
  end: "M19 5v14M5 5l10 7-10 7z",
} as const;

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
      <path d={PATHS[name]} fill="currentColor" stroke="currentColor" stroke-width="2.4" stroke-linejoin="round" stroke-linecap="round" />
    </svg>
  );
}

export function Transport(props: TransportProps) {
  const { step, count, playing, noPlay, speed, valueText, scrubber = "Output cell", onAction, onSpeed } = props;
  const first = step <= 0;
  const last = step >= count - 1;
  const button = (type: "start" | "back" | "end", label: string, off: boolean) => (
    <button type="button" class="cnnw-button" aria-label={label} title={label} aria-disabled={off} onClick={() => off || onAction({ type })}>
      <Icon name={type} />
    </button>
  );
  const cannotPlay = noPlay !== "" || count < 2;
  const playLabel = playing ? "Pause" : "Play";
  return (
    <div class="cnnw-transport" role="group" aria-label="Steps">
      <div class="cnnw-buttons">
        {button("start", "To the start", first)}
        {button("back", "Step back", first)}
        <button type="button" class="cnnw-button cnnw-primary" aria-disabled={last} onClick={() => last || onAction({ type: "next" })}>
          Step <Icon name="next" />
        </button>
        {button("end", "To the end", last)}
        <button
          type="button"
          class="cnnw-button cnnw-play"
          aria-label={playLabel}
          title={noPlay || playLabel}
          aria-disabled={cannotPlay}
          onClick={() => cannotPlay || onAction({ type: "toggle" })}
        >
          <Icon name={playing ? "pause" : "play"} />
        </button>
        <label class="cnnw-speed">
          <span>Speed</span>
          <select value={String(speed)} onChange={(event) => onSpeed(Number(event.currentTarget.value))}>
            {SPEEDS.map((each) => (
              <option key={each} value={String(each)}>
                {each === 0.5 ? "½" : each}×
              </option>
            ))}
          </select>
        </label>
      </div>
      {scrubber && (
        <input
          type="range"
          class="cnnw-scrubber"
          aria-label={scrubber}
          aria-valuetext={valueText}
          min={0}
          max={Math.max(0, count - 1)}
          step={1}
          value={step}
          onInput={(event) => onAction({ type: "go", step: Number(event.currentTarget.value) })}
        />
      )}
    </div>
  );
}
