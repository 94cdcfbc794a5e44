// A captioned grid or picture, with the sign that joins it to the one before.
import type { ComponentChildren } from "preact";

interface UnitProps {
  name: string;
  sign?: string | undefined;
  title: string;
  detail?: string;
  children: ComponentChildren;
}

export function Unit({ name, sign, title, detail, children }: UnitProps) {
  return (
    <figure class={`cnnw-unit cnnw-unit-${name}${sign ? " cnnw-joined" : ""}`}>
      <figcaption data-sign={sign}>
        <b>{title}</b> <span>{detail}</span>
      </figcaption>
      <div class="cnnw-signed">
        {sign && (
          <span class="cnnw-sign" data-sign={sign} aria-hidden="true">
            {sign}
          </span>
        )}
        {children}
      </div>
    </figure>
  );
}
