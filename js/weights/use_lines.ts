// Says those of several lines that have changed, together; nothing before the learner has done something.
import { useEffect, useRef } from "preact/hooks";

/** The voice to hand to an `Announcer`. */
export function useLines(lines: readonly string[]): { current: (text: string) => void } {
  const voice = useRef<(text: string) => void>(() => {});
  const before = useRef(lines);
  useEffect(() => {
    const changed = lines.filter((line, index) => line !== before.current[index]);
    if (changed.length > 0) voice.current(changed.join(" "));
    before.current = lines;
  });
  return voice;
}
