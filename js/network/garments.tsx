// The garments to choose from, each as it looks, and an empty pad.
import { useMemo } from "preact/hooks";
import type { Inks } from "./paint";
import { usePlate } from "./plate";
import { unpacked, type Garment } from "./state";

interface GarmentsProps {
  garments: readonly Garment[];
  /** The name of the one on view; null for an image of one's own. */
  current: string | null;
  inks: Inks;
  onPick: (name: string) => void;
}

export function Garments({ garments, current, inks, onPick }: GarmentsProps) {
  return (
    <div class="cnnw-garments" role="group" aria-label="Garments of Fashion-MNIST">
      {garments.map((garment) => (
        <button key={garment.name} type="button" aria-pressed={garment.name === current} onClick={() => onPick(garment.name)}>
          <Thumb garment={garment} inks={inks} />
          {garment.name}
        </button>
      ))}
    </div>
  );
}

function Thumb({ garment, inks }: { garment: Garment; inks: Inks }) {
  const data = useMemo(() => Float32Array.from(unpacked(garment).bytes), [garment]);
  const canvas = usePlate(data, 0, [garment.height, garment.width], { shade: "grey", scale: 255 }, inks, 56);
  return <canvas ref={canvas} aria-hidden="true" />;
}
