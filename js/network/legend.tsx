// What the colours of the maps mean.

export function Legend() {
  return (
    <div class="cnnw-legend">
      <span>
        <i class="cnnw-ramp-signed" aria-hidden="true" /> below 0 (hatched), 0, above 0
      </span>
      <span>
        <i class="cnnw-ramp-rising" aria-hidden="true" /> from 0 up
      </span>
      <span>
        <i class="cnnw-key-read" aria-hidden="true" /> what the number reads
      </span>
      <span>
        <i class="cnnw-key-field" aria-hidden="true" /> what it depends on further back
      </span>
    </div>
  );
}
