// The garments to choose from, each as it looks, and an empty pad.
import { useMemo } from "preact/hooks";
import type { Inks } from "./paint";
import { pictureOf } from "./plate";
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

/** An image and no canvas: a browser pays for each canvas of a page whenever it paints. */
function Thumb({ garment, inks }: { garment: Garment; inks: Inks }) {
  const source = useMemo(() => {
    const data = Float32Array.from(unpacked(garment).bytes);
    return pictureOf(data, [garment.height, garment.width], { shade: "grey", scale: 255 }, inks, 2);
  }, [garment, inks]);
  return <img src={source} alt="" />;
}
