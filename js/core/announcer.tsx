// The polite live region; it renders by itself, so that what is said costs the rest of the view nothing.
import { useAnnouncer } from "./hooks";

interface AnnouncerProps {
  /** At least so many milliseconds between two lines; the latest one wins. */
  pause: number;
  /** Set to the function that says a line. */
  voice: { current: (text: string) => void };
}

export function Announcer({ pause, voice }: AnnouncerProps) {
  const [said, say] = useAnnouncer(pause);
  voice.current = say;
  return (
    <div class="cnnw-said" role="status" aria-live="polite" aria-atomic="true">
      {said}
    </div>
  );
}
