// The camera: frames of 240 × 320 as grey pictures, until it is stopped, out of view, or hidden.
import { greyOf, type Plane } from "./picture";

export const HEIGHT = 240;
export const WIDTH = 320;

interface Handlers {
  frame(picture: Plane): void;
  /** The camera is closed by itself: why, as a sentence. */
  ended(why: string): void;
}

/** Opens the camera and gives frames while `watched` can be seen. Returns what closes it, at any time. */
export function openCamera(watched: Element, { frame, ended }: Handlers): () => void {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let stream: MediaStream | null = null;
  let next = 0;
  let shown = -1;
  let closed = false;

  const close = (): void => {
    closed = true;
    cancelAnimationFrame(next);
    observer.disconnect();
    document.removeEventListener("visibilitychange", onHidden);
    for (const track of stream?.getTracks() ?? []) {
      track.removeEventListener("ended", onEnded);
      track.stop();
    }
    stream = null;
    video.srcObject = null;
  };
  const end = (why: string): void => {
    if (closed) return;
    close();
    ended(why);
  };
  const onHidden = (): void => {
    if (document.hidden) end("The camera is closed: the page was hidden.");
  };
  const onEnded = (): void => end("The camera stopped.");
  const observer = new IntersectionObserver((entries) => {
    if (!entries.at(-1)!.isIntersecting) end("The camera is closed: the picture went out of view.");
  });

  const look = (): void => {
    next = requestAnimationFrame(look);
    if (!context || video.readyState < video.HAVE_CURRENT_DATA || video.currentTime === shown) return;
    shown = video.currentTime;
    // Whatever its sides, the middle of the frame fills 4:3.
    const { videoWidth: wide, videoHeight: high } = video;
    const share = Math.min(wide / WIDTH, high / HEIGHT);
    const [w, h] = [WIDTH * share, HEIGHT * share];
    context.drawImage(video, (wide - w) / 2, (high - h) / 2, w, h, 0, 0, WIDTH, HEIGHT);
    frame(greyOf(context.getImageData(0, 0, WIDTH, HEIGHT).data, HEIGHT, WIDTH));
  };

  const begin = async (): Promise<void> => {
    try {
      if (!navigator.mediaDevices) throw new DOMException("", "SecurityError");
      const opened = await navigator.mediaDevices.getUserMedia({ audio: false, video: { width: { ideal: WIDTH }, height: { ideal: HEIGHT } } });
      if (closed) {
        for (const track of opened.getTracks()) track.stop();
        return;
      }
      stream = opened;
      for (const track of opened.getTracks()) track.addEventListener("ended", onEnded);
      video.srcObject = opened;
      await video.play();
      if (!closed) look();
    } catch (problem) {
      end(reason(problem instanceof DOMException ? problem.name : ""));
    }
  };

  observer.observe(watched);
  document.addEventListener("visibilitychange", onHidden);
  void begin();
  return () => {
    if (!closed) close();
  };
}

/** Why there is no camera, by the name of the browser's exception. */
export function reason(name: string): string {
  switch (name) {
    case "NotAllowedError":
      return "The browser did not allow the camera; you can allow it in the address bar and try again.";
    case "NotFoundError":
    case "OverconstrainedError":
      return "No camera was found on this machine.";
    case "NotReadableError":
      return "The camera is busy: another program uses it.";
    case "SecurityError":
      return "The browser gives the camera only to pages over https, or from this machine.";
    default:
      return "The camera could not be opened.";
  }
}
