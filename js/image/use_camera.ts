// The camera as a view uses it: off until asked for, and closed with the view.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";
import { openCamera } from "./camera";
import type { Plane } from "./picture";

interface CameraView {
  /** Whether it is open, or about to open. */
  readonly on: boolean;
  /** The latest frame; null before the first one. */
  readonly frame: Plane | null;
  start(): void;
  stop(): void;
}

export function useCamera(watched: RefObject<Element | null>, ended: (why: string) => void): CameraView {
  const [on, setOn] = useState(false);
  const [frame, setFrame] = useState<Plane | null>(null);
  const close = useRef<(() => void) | null>(null);
  const stop = (): void => {
    close.current?.();
    close.current = null;
    setOn(false);
    setFrame(null);
  };
  const start = (): void => {
    if (close.current || !watched.current) return;
    setOn(true);
    close.current = openCamera(watched.current, {
      frame: setFrame,
      ended: (why) => {
        stop();
        ended(why);
      },
    });
  };
  useLayoutEffect(() => () => close.current?.(), []);
  return { on, frame, start, stop };
}
