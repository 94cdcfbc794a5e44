// The pictures in a row: the input, what the kernel gives in each mode on view, and what there is to say about it.
import type { ComponentChildren } from "preact";
import type { Theme } from "../core/colour";
import type { Pair } from "../core/correlation";
import { Unit } from "../core/unit";
import { reachBefore, zeros } from "./filter";
import type { Plane } from "./picture";
import { PictureView } from "./picture_view";
import type { Colours, Place, Scene } from "./state";
import { misfit, MODE_NAMES, outputText, pictureText, sides } from "./summary";

interface PicturesProps {
  scene: Scene;
  title: string;
  colours: Colours;
  theme: Theme;
  place: Place | null;
  /** Whether the picture changes many times a second: then it is not put in words. */
  live: boolean;
  /** Whether the output may be seen; `quiz` takes its place while not. */
  told: boolean;
  quiz: ComponentChildren;
  effect: ComponentChildren;
  /** Both in pixels of the picture. */
  onPoint: (at: Pair | null) => void;
  onKeep: (at: Pair) => void;
}

const liveText = (plane: Plane): string => `live from the camera, ${sides(plane)}`;

export function Pictures({ scene, title, colours, theme, place, live, told, quiz, effect, onPoint, onKeep }: PicturesProps) {
  const { picture, kernel, padding, results, scale } = scene;
  const size: Pair = [kernel.length, kernel[0]!.length];
  // From an output's pixel to the picture's pixel that its window belongs to.
  const shift = (axis: 0 | 1): number => reachBefore(size[axis]) - zeros(size[axis], padding)[0];
  const back = ([i, j]: Pair): Pair => [i + shift(0), j + shift(1)];
  const shading = colours === "grey" ? "grey" : { scale };
  return (
    <div class="cnnw-pictures" data-count={told ? results.length : 1}>
      <Unit name="picture" title={title} detail={sides(picture)}>
        <PictureView
          label={`Picture: ${title}`}
          describe={live ? liveText : pictureText}
          plane={picture}
          shading="grey"
          theme={theme}
          share={1}
          frame={place && { corner: place.corner, size }}
          at={place?.pixel ?? null}
          onPoint={onPoint}
          onKeep={onKeep}
        />
      </Unit>
      {told ? (
        results.map(({ mode, output }) => (
          <Unit key={mode} name={`output cnnw-${mode}`} title={results.length === 2 ? MODE_NAMES[mode] : "Output"} detail={output ? sides(output) : "none"}>
            {output ? (
              <PictureView
                label={`Output, ${MODE_NAMES[mode].toLowerCase()}`}
                describe={live ? liveText : outputText}
                plane={output}
                shading={shading}
                theme={theme}
                share={output.width / picture.width}
                frame={place && { corner: place.output, size: [1, 1] }}
                at={place?.output ?? null}
                onPoint={(at) => onPoint(at && back(at))}
                onKeep={(at) => onKeep(back(at))}
              />
            ) : (
              <p class="cnnw-message" role="status">
                <b>The kernel does not fit.</b> {misfit(kernel, picture)}
              </p>
            )}
          </Unit>
        ))
      ) : (
        <div class="cnnw-unit cnnw-unit-quiz">{quiz}</div>
      )}
      <div class="cnnw-aside">{effect}</div>
    </div>
  );
}
