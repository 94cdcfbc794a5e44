// Says a line whenever it changes; nothing before the learner has done something.
import { useEffect, useRef } from "preact/hooks";

type Voice = { current: (text: string) => void };

/** The voice to hand to an `Announcer`, through which `line` is said each time that it is another one. */
export function useLine(line: string): Voice {
  const voice = useRef<(text: string) => void>(() => {});
  const before = useRef(line);
  useEffect(() => {
    if (before.current !== line) voice.current(line);
    before.current = line;
  }, [line]);
  return voice;
}
